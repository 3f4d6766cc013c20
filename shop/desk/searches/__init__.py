"""What buyers searched for and did not find."""
