"""A rule, a seller it trusts, and small changes that it fits; for tests that begin with them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from products import services
from products.automatic import services as automatic
from products.automatic.models import ApprovalRule
from products.automatic.tasks import approve_by_rules
from products.models import Product, ProductRevision
from products.review.models import Decision
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import Cast, make_product

ASKED = {"approvals": 1, "days": 0, "recent": 10, "returned_percent": 10, "quiet_days": 30, "per_day": 50}

# Of a market that other tests share, where they ask and send back as well.
IN_COMPANY = {"recent": 100, "returned_percent": 50, "quiet_days": 0}


class Lot:
    """A lot that falls as the test says: 99 leaves it to the rule, 0 gives it to an officer."""

    def __init__(self, falls: int) -> None:
        self.falls = falls

    def randrange(self, _above: int) -> int:
        return self.falls


def rule(cast: Cast, name: str = "Mùa vụ", fields: Any = ("season",), communes: Any = (), **asked: int) -> ApprovalRule:
    """Make a rule, in its own transaction."""
    with writing():
        return automatic.make_rule(name, fields, communes, ASKED | asked, cast.admin)


def edit(cast: Cast, called: str = "Chè búp", kind: dict[str, Any] | None = None, **values: Any) -> str:
    """Send a change of new goods on sale of the member's cooperative; returns their code."""
    with writing():
        return edited(cast, called, kind, **values).code


def edited(cast: Cast, called: str = "Chè búp", kind: dict[str, Any] | None = None, **values: Any) -> Product:
    """Do what `edit` does, inside writing()."""
    told: dict[str, Any] = {"category": "tea", "price": 100_000, "on_hand": 1} | (kind or {})
    product = make_product(cast.cooperative(), cast.member, called, **told)
    draft = services.start_edit(product, cast.member)
    services.save_draft(draft, values or {"season": [1, 2]}, cast.member)
    services.submit(product, cast.member)
    return product


def approved_by_rule(cast: Cast) -> str:
    """Let a rule approve one change, with nobody else's sweep between; returns the code of the goods."""
    lot, automatic._LOT = automatic._LOT, Lot(99)  # type: ignore[assignment]
    try:
        with writing():
            made = automatic.make_rule("Mùa vụ và cách dùng", ("season", "usage"), (), ASKED | IN_COMPANY, cast.admin)
            product = edited(cast)
            found = select(ProductRevision.id).where(ProductRevision.product_id == product.id)
            key = db.session.scalars(found.order_by(ProductRevision.number.desc()).limit(1)).one()
            assert automatic.decide(key, 2, made.id) is not None
            return product.code
    finally:
        automatic._LOT = lot


def goods(code: str) -> Product:
    return db.session.scalars(select(Product).where(Product.code == code)).one()


def by_rules() -> list[Decision]:
    """Return the decisions that rules took, oldest first, read afresh."""
    db.session.rollback()
    return list(db.session.scalars(select(Decision).where(Decision.rule_id.is_not(None)).order_by(Decision.id)))


def swept() -> list[str]:
    """Let the sweep come by; returns the codes of the goods that rules ever decided on."""
    approve_by_rules()
    return [one.revision.product.code for one in by_rules()]


def an_hour_passes() -> None:
    clock.pass_for_tests(timedelta(hours=1, minutes=1))


def waiting(code: str) -> ProductRevision:
    found = select(ProductRevision).join(Product, Product.id == ProductRevision.product_id).where(Product.code == code)
    return db.session.scalars(found.order_by(ProductRevision.number.desc()).limit(1)).one()
