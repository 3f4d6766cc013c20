"""A new price for what is on sale: at once where it is usual, through the officer where it is not."""
