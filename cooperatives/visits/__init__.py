"""Field visits: what was done at a household, what it needs, with photos and the place to about a kilometre."""
