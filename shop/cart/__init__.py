"""The cart and its lines."""
