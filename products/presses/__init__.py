"""A decision as the browser of an officer sends it: kept there first, here once, whatever becomes of the answer."""
