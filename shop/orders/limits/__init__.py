"""How much one buyer may have unpaid at once, and whose parcels came back."""
