"""Which goods a certificate stands for, and the pages of both: the seller's and the officer's."""
