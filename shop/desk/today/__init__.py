"""What a member's shop needs today, by name and one tap to act; owns no tables."""
