"""Disputed payments before everybody who can help to answer."""
