"""The market's key at Zalo: short-lived, renewed by itself, kept sealed."""
