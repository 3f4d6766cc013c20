"""An officer is away, and who stands in: from one day to another."""
