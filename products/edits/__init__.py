"""Who wrote what into a draft, kept so that overwritten words can still be read."""
