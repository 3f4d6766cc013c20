"""Spoken notes that cooperatives record: kept by digest, always private, never published."""
