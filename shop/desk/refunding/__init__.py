"""Money of an order that goes on goes back by line: asked, asked once more, promised."""
