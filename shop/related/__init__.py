"""Related goods: what people bought together, and like goods of other sellers; counted anew each night, of nobody."""
