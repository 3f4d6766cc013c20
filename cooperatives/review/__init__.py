"""The officer admits a cooperative."""
