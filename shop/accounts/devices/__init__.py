"""Browsers in which somebody signed in before: their owner is never locked out, and hears of a new one."""
