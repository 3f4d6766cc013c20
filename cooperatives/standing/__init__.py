"""Whether a seller may sell: every seller of an officer's communes, taken off the market and brought back."""
