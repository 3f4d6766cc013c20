"""What a channel asks of goods, and what is missing: pure questions about one row."""

from typing import Any, NamedTuple

from products.catalogue import orderable
from products.packs import base_unit
from shop.core.i18n import lazy_gettext as _l
from shop.marketplaces.queries import Goods

LONGEST_TITLE = 150  # characters: Google Merchant Center; Meta takes 200
SHORTEST_TITLE = 3
SMALLEST_PHOTO = 100  # pixels, either side: below it Google refuses
GOOD_PHOTO = 500  # pixels: what Meta asks for


class Problem(NamedTuple):
    """Something missing: the field of the product form, a sentence, and the address where it is mended.

    What is not `needed` only makes the goods sell better.
    """

    field: str
    sentence: Any
    link: str
    needed: bool


def may_be_sold(row: Goods) -> bool:
    """Say whether goods may stand on a channel at all: not alcohol, live animals nor services (buyers call)."""
    return orderable(row.ship_class, row.type_code)


def is_listed(row: Goods) -> bool:
    """Say whether a row goes into the feeds."""
    return may_be_sold(row) and not any(problem.needed for problem in validate(row))


def validate(row: Goods) -> list[Problem]:
    """Return what a row lacks, in the order of the form: title, description, price, picture, weight."""
    found: list[tuple[str, Any, bool]] = []
    if len(row.name) < SHORTEST_TITLE:
        found.append(("name", _l("Write a longer name"), True))
    elif len(row.name) > LONGEST_TITLE:
        found.append(("name", _l("Shorten the name to %(number)s characters", number=LONGEST_TITLE), True))
    if not (row.summary or row.story):
        found.append(("summary", _l("Say in one sentence what it is"), True))
    if row.price <= 0:
        found.append(("price", _l("Set a price"), True))
    found += _of_photo(row)
    if base_unit(row.pack_word) == "piece" and not (row.net_grams or row.packed_grams):
        found.append(("net_weight", _l("Say what one weighs, for the delivery"), False))
    return [Problem(field, sentence, _link(row, field), needed) for field, sentence, needed in found]


def _of_photo(row: Goods) -> list[tuple[str, Any, bool]]:
    if row.photo is None:
        return [("photos", _l("Add a photo"), True)]
    shorter = min(row.photo_width or 0, row.photo_height or 0)
    if shorter < SMALLEST_PHOTO:
        return [("photos", _l("The photo is too small. Take a new one"), True)]
    if shorter < GOOD_PHOTO:
        return [("photos", _l("A larger photo sells better"), False)]
    return []


def _link(row: Goods, field: str) -> str:
    if field == "price":  # the price of goods on sale is changed in the list, not in the form
        return "/my/products"
    return f"/my/products/{row.product_code}/edit#{field}"
