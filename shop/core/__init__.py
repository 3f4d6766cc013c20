"""The ground floor: no routes, no tables of the field."""
