"""Paying on a provider's page: opened, compared with the provider, ended in time."""
