"""Where a buyer asks to be told when goods are in again."""
