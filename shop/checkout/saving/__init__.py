"""Keeping name and address for the next time, after an order, with one code."""
