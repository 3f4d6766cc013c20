"""The invoice at checkout."""
