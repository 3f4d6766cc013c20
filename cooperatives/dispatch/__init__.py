"""When a cooperative sends parcels: its days, its cut-off, the days it needs to prepare, and when it is closed."""
