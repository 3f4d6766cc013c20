"""What rules did: how much each approved, what officers found in the tenth they read, and the lately approved."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from cooperatives.models import Cooperative
from products.automatic.models import ApprovalRule, AutomaticLook
from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict, Withdrawal
from shop.core import clock
from shop.core.db import db
from shop.core.paging import Keyset, Slice

DAYS = 7  # so far back the officer's page looks
NEWEST = Keyset(Decision.id, descending=True)
PER_PAGE = 30


class Done(NamedTuple):
    """What one rule did so far. Of the `sampled`, officers have `read` some, and sent back `returned` of these."""

    approved: int = 0
    undone: int = 0
    sampled: int = 0
    read: int = 0
    returned: int = 0


def all_rules() -> list[ApprovalRule]:
    """Return every rule ever made, those that hold first, then the newest."""
    order = ApprovalRule.ended_at.is_not(None), ApprovalRule.id.desc()
    return list(db.session.scalars(select(ApprovalRule).order_by(*order).options(joinedload(ApprovalRule.made_by))))


def done_by_rules() -> dict[int, Done]:
    """Return what each rule did, by its id, with two queries; a rule that did nothing is left out."""
    decided: dict[int, Done] = {
        rule_id or 0: Done(approved, undone)
        for rule_id, approved, undone in db.session.execute(
            select(
                Decision.rule_id,
                func.count(Decision.carried_out_at),
                _number_of(Decision.withdrawn_why == Withdrawal.UNDONE),
            )
            .where(Decision.rule_id.is_not(None))
            .group_by(Decision.rule_id)
        )
    }
    on_it = (Decision.revision_id == AutomaticLook.revision_id) & (Decision.number == AutomaticLook.number)
    by_officer = on_it & Decision.officer_id.is_not(None) & Decision.carried_out_at.is_not(None)
    read = select(
        AutomaticLook.rule_id,
        func.count(),
        func.count(Decision.id),
        _number_of(Decision.verdict != Verdict.APPROVE),
    )
    rows = db.session.execute(
        read.select_from(AutomaticLook)
        .outerjoin(Decision, by_officer)
        .where(AutomaticLook.sampled.is_(True))
        .group_by(AutomaticLook.rule_id)
    )
    for rule_id, sampled, seen, returned in rows:
        decided[rule_id or 0] = decided.get(rule_id or 0, Done())._replace(
            sampled=sampled, read=seen, returned=returned
        )
    return decided


def lately(communes: Collection[str]) -> int:
    """Return how many changes rules approved in these communes in the last week; undone ones are not counted."""
    stands = Decision.withdrawn_at.is_(None)
    return db.session.scalar(_lately(communes, func.count(Decision.id)).where(stands)) or 0


def recent(communes: Collection[str], cursor: str | None) -> Slice:
    """Return a page of what rules decided in these communes in the last week, the newest first."""
    whole = joinedload(Decision.revision).joinedload(ProductRevision.product).joinedload(Product.cooperative)
    chosen = _lately(communes, Decision).options(whole, joinedload(Decision.rule))
    return NEWEST.slice(db.session(), chosen, cursor, PER_PAGE)


def by_rule_now(product: Product) -> Decision | None:
    """Return the decision by which a rule approved what buyers see of these goods now; None: an officer did."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.revision_id == product.approved_revision_id)
        .where(Decision.rule_id.is_not(None), Decision.carried_out_at.is_not(None))
        .options(joinedload(Decision.rule))
    )


def _number_of(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _lately(communes: Collection[str], *what: Any) -> Select[Any]:
    return (
        select(*what)
        .select_from(Decision)
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(Decision.rule_id.is_not(None), Decision.decided_at > clock.after(days=-DAYS))
        .where(Cooperative.commune_code.in_(list(communes)))
    )
