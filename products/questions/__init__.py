"""Short talks beside goods: among officers, or between the seller and the officer."""
