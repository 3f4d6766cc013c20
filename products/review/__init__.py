"""The officer's decision on a revision."""
