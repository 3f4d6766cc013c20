"""Photos that cooperatives upload: kept by digest, private until an approved revision shows them."""
