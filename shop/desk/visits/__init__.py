"""Field visits on the page: who needs one next, what was done at the last ones."""
