"""The seller's side of transfers: what came, what it pays, what is to be sent back."""
