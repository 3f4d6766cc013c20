"""Households without a phone of their own: they agree aloud, and take their account over once they have one."""
