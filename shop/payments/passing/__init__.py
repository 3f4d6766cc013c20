"""Money paid by card is passed on to the seller's own account at the provider, and taken back where it goes back."""
