"""A seller answers the buyers who wrote."""
