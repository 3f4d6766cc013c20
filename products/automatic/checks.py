"""What `flask verify` proves about rules: what each approved was drawn for it, and within its fields."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, selectinload

from products.automatic.models import ApprovalRule, AutomaticLook
from products.differences import changes
from products.lowrisk import FIELDS
from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict
from shop.core.db import db

AT_ONCE = 200  # decisions whose texts are held at one time


def rules_know_their_fields() -> Iterator[str]:
    """Every rule that holds names fields, and only such as may be of low risk."""
    for rule in db.session.scalars(select(ApprovalRule).where(ApprovalRule.ended_at.is_(None))):
        if not rule.fields or set(rule.fields) - set(FIELDS):
            yield f"rule {rule.code} names fields that are not of low risk: {', '.join(rule.fields)}"


def rules_were_drawn_for() -> Iterator[str]:
    """No rule decided on what no lot gave it, nor once it had ended."""
    drawn = (AutomaticLook.revision_id == Decision.revision_id) & (AutomaticLook.number == Decision.number)
    rows = (
        select(Product.code, Decision.number, AutomaticLook.sampled, ApprovalRule.ended_at, Decision.decided_at)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(Decision, Decision.revision_id == ProductRevision.id)
        .join(ApprovalRule, ApprovalRule.id == Decision.rule_id)
        .outerjoin(AutomaticLook, drawn)
        .where(AutomaticLook.sampled.is_not(False) | (ApprovalRule.ended_at < Decision.decided_at))
    )
    for code, number, sampled, _ended_at, _decided_at in db.session.execute(rows):
        why = "the rule had ended" if sampled is False else "no lot gave it to the rule"
        yield f"product {code}: revision {number} was approved by a rule, but {why}"


def rules_keep_to_their_fields() -> Iterator[str]:
    """What a rule approved differs from what was on sale before in no field but the rule's own."""
    chosen = _by_rules()
    last = 0
    while rows := list(db.session.execute(chosen.where(Decision.id > last).limit(AT_ONCE))):
        last = rows[-1][0].id
        yield from _outside([(row[0], row[1]) for row in rows])


def _by_rules() -> Select[Decision, int]:
    """Select each approval by a rule that took effect, with the revision approved before it."""
    earlier, older = aliased(Decision), aliased(ProductRevision)
    before = (
        select(earlier.revision_id)
        .join(older, older.id == earlier.revision_id)
        .where(older.product_id == ProductRevision.product_id, earlier.verdict == Verdict.APPROVE)
        .where(earlier.id < Decision.id, earlier.carried_out_at.is_not(None))
        .order_by(earlier.id.desc())
        .limit(1)
        .correlate(Decision, ProductRevision)
        .scalar_subquery()
    )
    return (
        select(Decision, func.coalesce(before, 0))
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .where(Decision.rule_id.is_not(None), Decision.carried_out_at.is_not(None))
        .order_by(Decision.id)
    )


def _outside(pairs: list[tuple[Decision, int]]) -> Iterator[str]:
    wanted = {key for decision, before in pairs for key in (decision.revision_id, before)}
    parts = ProductRevision.texts, ProductRevision.packs, ProductRevision.product
    whole = select(ProductRevision).where(ProductRevision.id.in_(wanted)).options(*(selectinload(one) for one in parts))
    found = {one.id: one for one in db.session.scalars(whole)}
    for decision, before in pairs:
        after, rule = found[decision.revision_id], decision.rule
        if before not in found or rule is None:
            yield f"product {after.product.code}: a rule approved revision {decision.number}, the first of all"
            continue
        moved = {change.field for change in changes(found[before], after)}
        moved |= {"price"} if after.proposed_price not in {None, after.base_price} else set()
        if moved - set(rule.fields):
            fields = ", ".join(sorted(moved - set(rule.fields)))
            yield f"product {after.product.code}: revision {decision.number} by rule {rule.code} changes {fields}"


CHECKS: list[Callable[[], Iterable[str]]] = [
    rules_know_their_fields,
    rules_were_drawn_for,
    rules_keep_to_their_fields,
]
