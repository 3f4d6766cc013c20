"""Where the cash of delivered orders is, until the seller has it."""
