"""A buyer writes to the seller from the page of the purchase."""
