"""A helper acts for a household or cooperative after it agreed, and no longer than it wants."""
