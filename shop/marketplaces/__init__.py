"""Approved products on other channels."""
