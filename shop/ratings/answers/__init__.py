"""The seller's one answer to a rating, for everybody to read below it."""
