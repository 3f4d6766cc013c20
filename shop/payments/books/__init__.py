"""What each step of money means in the ledger, and the proof that the ledger says what the rows say."""
