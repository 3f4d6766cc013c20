"""Web push: a word on the phone itself, with nothing of a person in it."""
