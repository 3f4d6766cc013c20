"""The lessons as pages of the public, readable without a network; an answer of somebody signed in is kept."""
