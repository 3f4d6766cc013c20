"""Purchases, orders and their way to the buyer."""
