"""The orders of a cooperative, and each step its members take."""
