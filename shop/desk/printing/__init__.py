"""Paper for packing: what to take from the shelf, and what is glued on the parcel."""
