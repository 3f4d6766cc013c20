"""The cart and the way to an order on a phone without a network."""
