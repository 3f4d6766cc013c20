"""A seller says what is missing of an order, and asks its buyer what to do."""
