"""Buying the same again: what changed since is said before anything goes into the cart."""
