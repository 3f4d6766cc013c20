"""Which photos a draft shows, and in which order."""
