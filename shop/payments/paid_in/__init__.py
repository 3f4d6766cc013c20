"""The sum that a carrier paid in, and the amount in the account as which it came."""
