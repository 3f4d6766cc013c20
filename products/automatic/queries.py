"""Which changes a rule fits: read for many at once, in a fixed number of queries."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from products import queries as products
from products.automatic.models import ApprovalRule, AutomaticLook
from products.automatic.policies import covers, trusts
from products.automatic.records import records
from products.bulk.models import BulkDraw
from products.comparison import Comparison
from products.lowrisk import low_risk
from products.models import Product, ProductRevision
from products.queue import claims
from products.queue.models import Claim
from products.queue.models import WaitingRevision as Row
from products.review.models import Decision
from shop.core import clock
from shop.core.db import db

AGAIN = timedelta(hours=1)  # trust grows by days: what no rule fitted is looked at again after so long


def standing_rules() -> list[ApprovalRule]:
    """Return the rules that hold now, the oldest first: where two fit, the older one decides."""
    held = select(ApprovalRule).where(ApprovalRule.ended_at.is_(None)).order_by(ApprovalRule.id)
    return list(db.session.scalars(held))


def due_for_a_look(rules: Sequence[ApprovalRule], limit: int) -> list[ProductRevision]:
    """Return changes that wait and were not looked at lately, the oldest first, with all a comparison reads.

    Left out: what came back or was ever decided on, what an officer works on, and what a lot gave to officers.
    """
    since = max(clock.now() - AGAIN, *(rule.made_at for rule in rules))
    look = (AutomaticLook.revision_id == Row.revision_id) & (AutomaticLook.number == Row.number)
    stale = or_(AutomaticLook.revision_id.is_(None), AutomaticLook.looked_at < since)
    chosen = _undecided().outerjoin(AutomaticLook, look).where(stale, AutomaticLook.sampled.is_(None))
    order = func.coalesce(AutomaticLook.looked_at, Row.submitted_at), Row.revision_id
    return list(db.session.scalars(chosen.order_by(*order).limit(limit)))


def undecided(revision_id: int, number: int) -> ProductRevision | None:
    """Return one change if a rule may still decide on it under this number, else None."""
    ours = _undecided().where(Row.revision_id == revision_id, Row.number == number)
    drawn = exists().where(
        AutomaticLook.revision_id == revision_id, AutomaticLook.number == number, AutomaticLook.sampled.is_not(None)
    )
    return db.session.scalar(ours.where(~drawn).execution_options(populate_existing=True))


def _undecided() -> Select[Any]:
    same = Row.revision_id, Row.number
    withdrawn = exists().where(  # what waits has no standing decision; one that was taken back is a doubt
        Decision.revision_id == same[0], Decision.number == same[1], Decision.withdrawn_at.is_not(None)
    )
    drawn = exists().where(BulkDraw.revision_id == same[0], BulkDraw.number == same[1], BulkDraw.sampled)
    claimed = exists().where(claims.of_row(clock.now()), Claim.revision_id == Row.revision_id)
    parts = (ProductRevision.texts, ProductRevision.packs, ProductRevision.voice)
    live = selectinload(ProductRevision.product).selectinload(Product.approved)
    return (
        select(ProductRevision)
        .join(Row, Row.revision_id == ProductRevision.id)
        .where(Row.sells, Row.is_edit, ~Row.came_back, ~withdrawn, ~drawn, ~claimed)
        .options(
            *(selectinload(part) for part in parts),
            *(live.selectinload(part) for part in parts),
            selectinload(ProductRevision.product).options(selectinload(Product.skus), joinedload(Product.cooperative)),
        )
    )


def fitting(rules: Sequence[ApprovalRule], revisions: Sequence[ProductRevision]) -> dict[int, ApprovalRule]:
    """Return the first rule that fits each change, by the revision's id; those that none fits are left out."""
    photos = products.photos_of(key for one in revisions for key in (one.id, one.product.approved_revision_id or 0))
    fields = {one.id: _fields(one, photos) for one in revisions}
    small = [one for one in revisions if fields[one.id]]
    known = records({one.product.cooperative_id: one.product.cooperative.active_since for one in small}, rules)
    found: dict[int, ApprovalRule] = {}
    now = clock.now()
    for one in small:
        seller = one.product.cooperative
        for rule in rules:
            if covers(rule, fields[one.id], seller.commune_code) and trusts(rule, known[seller.id], now):
                found.setdefault(one.id, rule)
    return found


def _fields(revision: ProductRevision, photos: Any) -> Sequence[str]:
    """Name what changes where all of it is of low risk and a price is set against the one that still holds."""
    before, skus = revision.product.approved, revision.product.skus
    if before is None or not skus:
        return ()
    compared = Comparison(before, revision, photos, skus[0].usual)
    if compared.price and revision.base_price != skus[0].usual:
        return ()  # approving it would not set it: an officer sees both prices
    return low_risk(compared)


def one_rule(code: str) -> ApprovalRule | None:
    """Return the rule with this code, or None."""
    return db.session.scalar(select(ApprovalRule).where(ApprovalRule.code == code))


def held(rule_id: int) -> ApprovalRule | None:
    """Return a rule that nobody ends before this transaction is over, or None if it is ended already."""
    kept = select(ApprovalRule).where(ApprovalRule.id == rule_id, ApprovalRule.ended_at.is_(None))
    return db.session.scalar(kept.with_for_update(read=True).execution_options(populate_existing=True))


def pending_of(rule: ApprovalRule) -> Collection[Decision]:
    """Return the rule's decisions that have no effect yet, the oldest first."""
    mine = Decision.rule_id == rule.id, Decision.carried_out_at.is_(None), Decision.withdrawn_at.is_(None)
    whole = joinedload(Decision.revision).joinedload(ProductRevision.product)
    return list(db.session.scalars(select(Decision).where(*mine).order_by(Decision.id).options(whole)))
