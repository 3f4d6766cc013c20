"""Ratings by people who bought: stars and words for goods of a delivered order, never written by the seller."""
