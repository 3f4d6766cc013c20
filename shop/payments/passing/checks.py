"""What `flask verify` proves about money that is passed on: never more than belongs to the seller."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from shop.core.db import db
from shop.payments.models import PaymentPart
from shop.payments.passing import queries
from shop.payments.passing.queries import there


def never_more_than_was_paid() -> Iterator[str]:
    """In a seller's account lies at most what the order paid, and never less than nothing."""
    rows = select(PaymentPart.id, PaymentPart.amount, there()).where((there() < 0) | (there() > PaymentPart.amount))
    for part, amount, lies in db.session.execute(rows):
        yield f"part {part}: {lies} of {amount} đồng passed on"


def nothing_was_refused() -> Iterator[str]:
    """A step that the provider refused is somebody's work."""
    for one in queries.failed():
        yield f"passing {one.id}: failed, {one.problem}"


CHECKS: list[Callable[[], Iterable[str]]] = [never_more_than_was_paid, nothing_was_refused]
