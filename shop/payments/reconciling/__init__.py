"""The provider's lists beside our rows: every difference is found, kept and, where it is ours to heal, healed."""
