"""What `flask verify` proves: risky goods were approved by two, the guard knows the kinds, and what waits is marked."""

from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict
from products.seconds import kinds, triggers
from products.seconds.models import FirstLook, SecondKind, WaitingLook
from shop.core.db import db


def approved_by_two() -> Iterator[str]:
    """Every approval of goods that needed two officers then has a first yes by another one, said before it."""
    look = aliased(FirstLook)
    kind = ((SecondKind.what == "category") & (SecondKind.code == ProductRevision.category)) | (
        (SecondKind.what == "ship_class") & (SecondKind.code == ProductRevision.ship_class)
    )
    first = (
        (look.revision_id == Decision.revision_id)
        & (look.number == Decision.number)
        & look.withdrawn_at.is_(None)
        & (look.officer_id != Decision.officer_id)
        & (look.said_at <= Decision.decided_at)
    )
    rows = (
        select(Product.code, Decision.number)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(Decision, Decision.revision_id == ProductRevision.id)
        .join(SecondKind, kind)
        .outerjoin(look, first)
        .where(Decision.verdict == Verdict.APPROVE, Decision.withdrawn_at.is_(None), look.id.is_(None))
        .where(Decision.decided_at >= SecondKind.since)
        .distinct()
    )
    for code, number in db.session.execute(rows):
        yield f"product {code}: revision {number} was approved by one officer and needed two"


def the_guard_knows_the_kinds() -> Iterator[str]:
    """The kinds that the database guards are those of the shipped file; `flask db upgrade` makes them so."""
    kept, wanted = kinds.kept(db.session()), kinds.wanted()
    for what, code in sorted(wanted - kept):
        yield f"{what} {code} needs two officers, and the database does not know"
    for what, code in sorted(kept - wanted):
        yield f"{what} {code} needs two officers in the database only"


def what_waits_is_marked() -> Iterator[str]:
    """A first yes waits for the second exactly while its goods wait under that number."""
    kept = {tuple(row) for row in db.session.execute(select(*WaitingLook.__table__.columns))}
    for row in sorted(kept ^ {tuple(row) for row in db.session.execute(text(triggers.expected()))}):
        yield f"revision {row[0]}, number {row[1]}: the first yes by {row[2]} is not marked as it waits"


CHECKS = [approved_by_two, the_guard_knows_the_kinds, what_waits_is_marked]
