"""What became of goods: every revision, decision and own change in one line of time, and the way back."""
