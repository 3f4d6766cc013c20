"""What buyers say of goods and of sellers, page by page."""
