"""Lists of goods that a visitor narrows: a category, and what a search found."""
