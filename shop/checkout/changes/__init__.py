"""The buyer answers what to do about goods that are missing."""
