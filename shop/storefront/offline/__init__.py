"""Pages of the public on a phone without a network."""
