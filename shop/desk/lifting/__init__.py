"""Offering cash again to a phone number whose parcels came back."""
