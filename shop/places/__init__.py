"""Provinces, communes and the names people still use for them."""
