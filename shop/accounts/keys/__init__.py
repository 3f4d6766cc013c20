"""How single keys work for one person, on every device."""
