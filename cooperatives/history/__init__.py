"""What became of a seller: one line of time over the audit."""
