"""What officers and the market know of some sellers: four queries, however many sellers and rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from cooperatives.models import Cooperative
from products.automatic.models import ApprovalRule
from products.automatic.policies import Record
from products.models import Product, ProductRevision
from products.questions.models import Message, Talk
from products.review.models import Decision, Verdict
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db

_STANDING = ("cooperative_suspended", "cooperative_restored")  # of the audit


def records(since: Mapping[int, datetime | None], rules: Sequence[ApprovalRule]) -> dict[int, Record]:
    """Return the record of each of these sellers (id: on the market since), as far back as the rules ask."""
    keys = list(since)
    if not keys or not rules:
        return {}
    verdicts = _verdicts(keys, max(rule.recent for rule in rules))
    approved, trouble, today = _approved(keys), _trouble(keys), _today(keys)
    return {
        key: Record(since[key], approved.get(key, 0), verdicts.get(key, ()), trouble.get(key), today.get(key, 0))
        for key in keys
    }


def _verdicts(keys: Sequence[int], recent: int) -> dict[int, list[Verdict]]:
    newest = func.row_number().over(partition_by=Product.cooperative_id, order_by=Decision.id.desc())
    by_officers = (
        select(Product.cooperative_id, Decision.verdict, newest.label("place"))
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .join(Product, Product.id == ProductRevision.product_id)
        .where(Product.cooperative_id.in_(keys), Decision.officer_id.is_not(None), Decision.carried_out_at.is_not(None))
        .subquery()
    )
    rows = select(by_officers.c.cooperative_id, by_officers.c.verdict).where(by_officers.c.place <= recent)
    found: dict[int, list[Verdict]] = {}
    for key, verdict in db.session.execute(rows.order_by(by_officers.c.place)):
        found.setdefault(key, []).append(verdict)
    return found


def _approved(keys: Sequence[int]) -> dict[int, int]:
    return _counted(
        keys,
        Decision.officer_id.is_not(None),
        Decision.verdict == Verdict.APPROVE,
        Decision.carried_out_at.is_not(None),
    )


def _today(keys: Sequence[int]) -> dict[int, int]:
    lately = Decision.decided_at > clock.after(hours=-24)
    return _counted(keys, Decision.rule_id.is_not(None), Decision.withdrawn_at.is_(None), lately)


def _counted(keys: Sequence[int], *which: object) -> dict[int, int]:
    rows = db.session.execute(
        select(Product.cooperative_id, func.count(Decision.id))
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .join(Product, Product.id == ProductRevision.product_id)
        .where(Product.cooperative_id.in_(keys), *which)  # type: ignore[arg-type]
        .group_by(Product.cooperative_id)
    )
    return {key: number for key, number in rows}  # noqa: C416 - rows are no pairs to mypy


def _trouble(keys: Sequence[int]) -> dict[int, datetime]:
    """When somebody last spoke about the seller's goods in a talk, or the seller was taken off or brought back."""
    words = (
        select(Product.cooperative_id.label("seller"), func.max(Message.at).label("at"))
        .join(Talk, Talk.id == Message.talk_id)
        .join(Product, Product.id == Talk.product_id)
        .where(Product.cooperative_id.in_(keys))
        .group_by(Product.cooperative_id)
    )
    entries = (
        select(AuditEntry.subject_id.label("seller"), func.max(AuditEntry.at).label("at"))
        .where(
            AuditEntry.subject_kind == Cooperative.__tablename__,
            AuditEntry.subject_id.in_(keys),
            AuditEntry.action.in_(_STANDING),
        )
        .group_by(AuditEntry.subject_id)
    )
    found: dict[int, datetime] = {}
    for seller, at in db.session.execute(words.union_all(entries)):
        found[seller] = max(at, found.get(seller, at))
    return found
