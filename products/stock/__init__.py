"""Price and stock: each changes here only, by one guarded statement and one kept row."""
