"""How long each kind of data is kept, as a table that the sweep and the page read."""
