"""Statements of a bank account, read from its file: the way for whoever has no notifier."""
