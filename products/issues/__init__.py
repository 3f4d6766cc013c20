"""What is wrong with a revision, tied to a field."""
