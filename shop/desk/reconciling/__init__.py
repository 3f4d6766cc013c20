"""Differences with the card's provider, and steps it refused, before the admin."""
