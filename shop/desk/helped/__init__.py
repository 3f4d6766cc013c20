"""The household's own page: who may act for it, all they did, and the one tap that stops it."""
