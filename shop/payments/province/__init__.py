"""What the province owes cooperatives for its vouchers, and what it has paid."""
