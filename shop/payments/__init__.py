"""Payments, refunds and the one settle function."""
