"""One's own account: name, phone, password, sessions."""
