"""The way into the market: six tasks, one page each, left and taken up again at will."""
