"""Vouchers of a cooperative or of the province: what they take off, for whom, how often."""
