"""Pages that explain the market: buying, selling, who runs it, what it keeps about people."""
