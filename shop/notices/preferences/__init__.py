"""By which ways, at which hours and how often each person wants to be told."""
