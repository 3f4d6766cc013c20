"""Risky goods are approved by two officers: the first yes is kept here, the second one is the decision."""
