"""What a seller sold, what is to come, what came: told by the ledger, month by month."""
