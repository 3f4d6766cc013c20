"""What a machine can look at in a revision; the seller and the officer are told the same."""
