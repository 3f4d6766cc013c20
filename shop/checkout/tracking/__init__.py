"""Following a purchase: the buyer's page, finding it again, cancelling."""
