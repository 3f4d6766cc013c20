"""Mails as letters: plain text, and one column of HTML made of the same words."""
