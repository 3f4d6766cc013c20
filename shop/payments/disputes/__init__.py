"""Disputes: a buyer tells the card's bank that a payment was not right, and the bank takes it back for a while."""
