"""What becomes other than ordered before packing: asked of the buyer, settled once, with the order's sum."""
