"""Cooperatives, household groups and households, and their people."""
