"""How often goods were seen and put into a cart: one sum per product and day, of nobody in particular."""
