"""Finding products: three prepared columns, the same on both engines."""
