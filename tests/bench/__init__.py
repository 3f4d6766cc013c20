"""Measurements of the market beside a yardstick on the same machine, in the same run."""
