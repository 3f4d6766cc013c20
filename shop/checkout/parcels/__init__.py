"""A buyer looks at the photo of a parcel as it was handed over."""
