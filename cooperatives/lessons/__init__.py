"""Short lessons for producers and helpers, and who has finished which."""
