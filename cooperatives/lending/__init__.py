"""Phones and SIM cards that a programme gave or lent to a household, and whether they are used."""
