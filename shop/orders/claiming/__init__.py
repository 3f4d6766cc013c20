"""A purchase without an account becomes its buyer's."""
