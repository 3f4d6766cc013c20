"""A seller photographs a parcel that was handed over."""
