"""A purchase for somebody else: who receives it, and the words on the card."""
