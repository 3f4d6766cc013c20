"""Buyers who want to be told, once, when goods that ran out are in again."""
