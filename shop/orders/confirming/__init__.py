"""Asking the buyer once more before goods that are paid at the door are packed."""
