"""Carrying a kept step out at a provider, once whatever happens on the way."""
