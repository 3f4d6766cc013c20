"""The pages buyers see; owns no tables."""
