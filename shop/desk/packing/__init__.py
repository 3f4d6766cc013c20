"""Packing where there is no signal: orders that lie on the own phone of a member, and what was packed meanwhile."""
