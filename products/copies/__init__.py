"""New goods that begin as a copy of earlier ones."""
