"""By what a search puts one thing before another: the names that the select and the page about it share."""

from enum import StrEnum


class Criterion(StrEnum):
    """What is compared first, second … between two things that both fit what was typed."""

    BEGINS = "begins"  # a name begins with what was typed, the more of it the better
    NAMED = "named"  # how many of the words stand in the name
    MARKS = "marks"  # spelled with the very marks that were typed
    SHELF = "shelf"  # of a kind of goods that is called so
    PACK = "pack"  # sold in the size that was typed
    STOCK = "stock"
    SEASON = "season"
    NEAR = "near"  # the engine's own measure of nearness: only where not all of the words were found
    NEWEST = "newest"


C = Criterion
WHOLE = (C.NAMED, C.MARKS, C.BEGINS, C.SHELF, C.PACK, C.STOCK, C.SEASON, C.NEWEST)  # all of the words were found
SOME = (C.BEGINS, C.NAMED, C.MARKS, C.SHELF, C.PACK, C.STOCK, C.SEASON, C.NEAR, C.NEWEST)  # only some of them
