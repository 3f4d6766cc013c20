"""Which goods are told in nearly the same words."""
