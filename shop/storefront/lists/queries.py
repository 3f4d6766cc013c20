"""Reading a list that is narrowed: its counts, then one page of its cards."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from products.catalogue import SHIP_CLASSES
from products.season import month_bit, this_month
from shop.core.days import today
from shop.core.db import db
from shop.core.present import settings
from shop.places.queries import names_of_provinces
from shop.shipping.reach import reach
from shop.storefront.lists import statements
from shop.storefront.lists.asked import CERTIFICATE, SEND_TO, Asked
from shop.storefront.lists.facets import Facets, Row, counted
from shop.storefront.lists.statements import Shape
from shop.storefront.queries import CardRow


class Narrowed(NamedTuple):
    """A list with its counts; `provinces` are code and name, in Vietnamese order."""

    facets: Facets
    provinces: dict[str, str]
    shape: Shape
    values: dict[str, Any]

    @property
    def asked(self) -> Asked:
        """What narrows it, without values that nothing in the list has."""
        return self.facets.asked


def narrowed(asked: Asked, *, category: str = "", ids: Sequence[int] = ()) -> Narrowed:
    """Count a category, or what a search found (in its order), by two statements."""
    sqlite = bool(db.session.get_bind().dialect.name == "sqlite")
    certified = CERTIFICATE in asked.chosen
    shape = Shape(sqlite, not category, asked.least is not None, asked.most is not None, certified)
    values: dict[str, Any] = {"bit": month_bit(this_month()), "today": today()}
    values |= {"of_category": category} if category else {"ids": json.dumps(list(ids)) if sqlite else list(ids)}
    prices = {"least": asked.least, "most": asked.most}
    values |= {name: amount for name, amount in prices.items() if amount is not None}
    values |= {CERTIFICATE: asked.chosen[CERTIFICATE]} if certified else {}
    found = db.session.execute(statements.counts(shape), values)
    provinces = dict(names_of_provinces())
    home = settings().home_province
    return Narrowed(counted(map(Row._make, found), asked, home, provinces), provinces, shape, values)


def cards(lang: str, chosen: Narrowed, sort: str, limit: int, offset: int) -> list[CardRow]:
    """Return one page of it in an order of SORTS, or '' for the order of the search."""
    asked = chosen.asked
    shape = chosen.shape._replace(certified=False)  # here it narrows, or it does not
    values = chosen.values | asked.chosen | {"limit": limit, "offset": offset}
    if SEND_TO in asked.chosen:
        carried = reach(settings().home_province, asked.chosen[SEND_TO])
        values |= {f"reach_{code}": carried.get(code, -1) for code in SHIP_CLASSES}
    select = statements.cards(lang, shape, tuple(asked.chosen), sort)
    return [CardRow._make(row) for row in db.session.execute(select, values)]
