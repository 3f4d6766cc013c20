"""The province's vouchers, for its admin."""
