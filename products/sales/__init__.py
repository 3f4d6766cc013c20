"""A lower price for some days: planned, running, over."""
