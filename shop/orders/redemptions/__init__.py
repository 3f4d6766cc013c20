"""What vouchers took off the orders of a purchase: counted once, given back once."""
