"""Products, their SKUs and their revisions."""
