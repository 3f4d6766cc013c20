"""The queues as an admin sees them: what waits, what failed and why, and trying again."""
