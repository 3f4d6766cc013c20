"""What is asked of a seller, from when on, and how each thing is met."""
