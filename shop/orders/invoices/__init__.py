"""The invoice a buyer asked for: for whom it is made out, as it stood at sale."""
