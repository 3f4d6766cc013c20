"""What the address of a list asks for: facets, order, prices; whatever cannot be read is left out or told."""

from collections.abc import Mapping
from typing import NamedTuple

from products.search.reading import Reading
from shop.core.errors import DomainError
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.core.money import parse_money

CATEGORY, COMMUNE, PRODUCER, CERTIFICATE, SEASON, SEND_TO = (
    *("category", "commune", "producer", "certificate"),
    *("season", "send_to"),
)
PRICE_FROM, PRICE_TO = "price_from", "price_to"
FACETS = (CATEGORY, COMMUNE, PRODUCER, CERTIFICATE, SEASON, SEND_TO)
PRICES = (PRICE_FROM, PRICE_TO)
NOW = "now"  # the one value of the season
_LONGEST = 40
_THOUSAND = 1000  # "50" is said for 50,000 here, as in the search


class Asked(NamedTuple):
    """The facets that were chosen, by name; prices in đồng, both ends included.

    `typed` keeps what stood in a price, `problems` says in a sentence why it was not read.
    """

    chosen: dict[str, str]
    least: int | None = None
    most: int | None = None
    sort: str = ""
    typed: dict[str, str] = {}
    problems: dict[str, str] = {}

    @property
    def priced(self) -> bool:
        """True where the price narrows."""
        return self.least is not None or self.most is not None

    @property
    def narrows(self) -> int:
        """How many filters there are; a price is one."""
        return len(self.chosen) + self.priced

    def address(self, *, without: str = "", sort: str | None = None) -> dict[str, str]:
        """Return the parameters of this list in an address, without one facet ("price" is one), or in another order."""
        kept = {name: value for name, value in self.chosen.items() if name != without}
        prices = zip(PRICES, (self.least, self.most), strict=True)
        kept |= {name: str(value) for name, value in prices if value is not None and without != "price"}
        order = self.sort if sort is None else sort
        return kept | ({"sort": order} if order else {})


def read(args: Mapping[str, str], *, facets: tuple[str, ...], sorts: tuple[str, ...]) -> Asked:
    """Read what an address asks of a list with these facets and orders; the first order is written nowhere."""
    chosen = {name: value[:_LONGEST] for name in facets if (value := args.get(name, "").strip())}
    if chosen.get(SEASON, NOW) != NOW:
        del chosen[SEASON]
    typed = {name: value[:_LONGEST] for name in PRICES if (value := args.get(name, "").strip())}
    amounts: dict[str, int] = {}
    problems: dict[str, str] = {}
    for name, text in typed.items():
        try:
            amounts[name] = _amount(text)
        except DomainError as problem:
            problems[name] = str(problem.sentence)
    least, most = (amounts.get(name) for name in PRICES)
    if least is not None and most is not None and least > most:
        least, most = most, least
    sort = args.get("sort", "")
    return Asked(chosen, least, most, sort if sort in sorts[1:] else "", typed, problems)


def _amount(text: str) -> int:
    """Return đồng; raises what parse_money raises. A number under a thousand counts thousands."""
    amount = parse_money(text)
    return amount * _THOUSAND if amount < _THOUSAND and text.strip().isdecimal() else amount


def price_words(least: int | None, most: int | None) -> str:
    """Return a price in words: "from 100,000 ₫ to 200,000 ₫"; '' for none."""
    low, high = (show_money(amount) if amount is not None else "" for amount in (least, most))
    if low and high:
        return _("from %(least)s to %(most)s", least=low, most=high)
    if high:
        return _("up to %(most)s", most=high)
    return _("from %(least)s", least=low) if low else ""


def price_asked(reading: Reading) -> str:
    """Return the price a search text names, in words; '' where it names none."""
    return price_words(reading.least, reading.most)
