"""The spoken note of a draft, for those who would rather speak than type."""
