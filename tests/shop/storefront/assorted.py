"""A hundred goods of every kind that a page tells differently, written straight into the tables."""

from datetime import timedelta
from itertools import product
from typing import NamedTuple

from products.certificates.models import CertificateProduct
from products.lifecycle import SeasonWord
from products.models import Product, Sku
from products.sales.lifecycle import SaleState
from products.sales.models import Sale
from shop.core.days import today
from shop.core.db import db, writing
from shop.ratings.models import RatingTally
from tests.cast import Cast, make_product
from tests.cooperatives.certificates.sending import found, verified

STOCK = ("much", "held", "none", "too few", "season over", "by telephone")
STARS = ((0, 0, 0, 0, 0), (0, 0, 0, 1, 1), (0, 0, 1, 0, 2), (3, 1, 0, 4, 19))  # none, two, three, many
PACKS = ((200, "goi", 120_000), (500, "goi", 280_000), (1000, "goi", 540_000))


class Kind(NamedTuple):
    """What is told differently of one of the goods."""

    stock: str
    sale: bool
    packs: int
    paper: bool
    stars: tuple[int, ...]


EVERYTHING = [Kind(*one) for one in product(STOCK, (False, True), (1, 2, 3), (False, True), STARS)]


def kinds(count: int) -> list[Kind]:
    """So many different kinds, spread over all: 7 and their number share no factor."""
    return [EVERYTHING[number * 7 % len(EVERYTHING)] for number in range(count)]


def assorted(cast: Cast, count: int) -> dict[int, Kind]:
    """Put so many goods of different kinds on sale; {id of the product: what it is}."""
    paper = found(verified(cast, "vietgap", number="VG-2026-17")).decisions[0]
    links = {"certificate_id": paper.certificate_id, "decision_id": paper.id, "added_by_id": cast.ids["member"]}
    made: dict[int, Kind] = {}
    with writing():
        for number, kind in enumerate(kinds(count)):
            one = make_product(
                cast.cooperative(), cast.member, f"Chè “dốc” số {number} & bạn", category="tea",
                price=PACKS[0][2] + 1000 * number, on_hand=12,
            )  # fmt: skip
            _dress(one, kind, cast)
            if kind.paper:
                db.session.add(CertificateProduct(product_id=one.id, **links))
            made[one.id] = kind
    return made


def _dress(one: Product, kind: Kind, cast: Cast) -> None:
    for place in range(1, kind.packs):
        amount, word, price = PACKS[place]
        code = f"{one.code}-{place + 1}"
        extra = {"product_id": one.id, "position": place, "pack_amount": amount, "pack_word": word}
        db.session.add(Sku(code=code, price=price, on_hand=9 * (kind.stock != "none"), **extra))
    db.session.flush()
    db.session.refresh(one)
    first = one.skus[0]
    if kind.stock == "none":
        first.on_hand = 0
    elif kind.stock == "held":
        first.held = first.on_hand
    elif kind.stock == "too few":
        one.approved.least_packs = 10
        first.held = 3
    elif kind.stock == "season over":
        one.season_word = SeasonWord.OFF
    elif kind.stock == "by telephone":
        one.approved.ship_class = "live"
    if kind.sale:
        first.usual_price, first.price, first.sale_until = (
            first.price,
            first.price * 4 // 5,
            today() + timedelta(days=5),
        )
        running = {"state": SaleState.RUNNING, "created_by_id": cast.ids["member"]}
        db.session.add(Sale(sku_id=first.id, price=first.price, starts_on=today(), ends_on=first.sale_until, **running))
    if any(kind.stars):
        names = {f"stars_{number}": many for number, many in enumerate(kind.stars, start=1)}
        db.session.add(RatingTally(product_id=one.id, cooperative_id=one.cooperative_id, **names))
