"""Small edits that an officer proposes; the seller takes them with one tap, or says why not."""
