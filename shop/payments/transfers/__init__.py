"""Bank transfers: each order is paid straight to its seller's own account, and the money is recognised by its memo."""
