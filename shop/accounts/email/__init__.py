"""Sign-up and reset by a one-time link in a mail."""
