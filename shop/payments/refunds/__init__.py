"""Money that goes back: first a promise in a row, then sent once."""
