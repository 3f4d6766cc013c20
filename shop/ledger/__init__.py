"""Double entry: accounts, bookings that are never changed, balances. It knows no order and no business rule."""
