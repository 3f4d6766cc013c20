"""What sending one pack costs, before anybody has told where to."""

from typing import NamedTuple

from products.views import ProductView
from products.weights import grams_of
from shop.core.i18n import gettext as _
from shop.shipping.rates import quote

# Where most buyers of the country live (2024: 8.7 and 9.5 million people); names are the same in each language.
CITIES = (("01", "Hà Nội"), ("79", "TP. Hồ Chí Minh"))


class Sending(NamedTuple):
    """The cheapest way to the door of a place: đồng, and days after an order of now."""

    place: str
    cost: int
    days_from: int
    days_to: int


def examples(view: ProductView, lang: str, wait: int) -> list[Sending]:
    """Return what one pack costs to send inside the province and to the two largest cities; [] where nothing goes.

    `wait` is how many days pass before the seller sends.
    """
    if not view.orderable or not view.packs:
        return []
    first, here = view.packs[0], view.seller.commune
    grams = grams_of(first.unit, first.amount, view.net_grams, view.packed_grams)
    places = ((here.province_code, _("In the province")), *(city for city in CITIES if city[0] != here.province_code))
    found = []
    for province, name in places:
        ways = quote(here, province, None, grams, [view.ship_class], lang)
        if ways:
            found.append(Sending(name, ways[0].cost, max(1, wait + ways[0].days_from), max(1, wait + ways[0].days_to)))
    return found
