"""What providers tell us: kept first, looked up, applied once."""
