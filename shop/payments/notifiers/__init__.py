"""Services that watch a cooperative's own account and tell of each amount that comes."""
