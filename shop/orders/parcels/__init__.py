"""One photo of a parcel or its receipt, taken when it was handed over."""
