"""Asking a buyer once, some days after delivery, to rate what came; and never whoever does not want to be asked."""
