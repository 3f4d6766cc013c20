"""What buyer and seller write to each other about one order."""
