"""The crop failed: goods come off the shelf at once, and the orders they were promised to are looked after."""
