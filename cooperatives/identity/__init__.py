"""Who a seller is by the state's numbers: checked as they are typed; a citizen number is never kept in clear."""
