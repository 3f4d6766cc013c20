"""A cooperative's bank account: proposed by one, approved by another, in force after a delay."""
