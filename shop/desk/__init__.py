"""What waits for each person; owns no tables."""
