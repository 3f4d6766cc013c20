"""What a text that is being typed may become: goods, sellers, communes, kinds of goods."""
