"""The money of orders that change before packing: what is collected at the door, what goes back."""
