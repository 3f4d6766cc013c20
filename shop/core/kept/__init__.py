"""Pages that are the same for everybody, kept whole in each process until something they show changes."""
