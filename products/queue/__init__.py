"""What waits for an officer: one narrow row for each, and the views of them."""
