"""What `flask verify` proves about decisions: one for each decided revision, by somebody else, kept in the audit."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, or_, select

from cooperatives.models import Membership
from products.automatic.models import ApprovalRule
from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict
from products.review.queries import HAD_EFFECT, PENDING, on_this_number
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db

LATE = 15  # minutes after its time; a storage that fails for five makes the sweep give up
OUTCOMES = {verdict.outcome: verdict for verdict in Verdict}


def decided_once() -> Iterator[str]:
    """Every approved, returned or rejected revision has one standing decision, and it says so."""
    rows = (
        select(Product.code, ProductRevision.number, ProductRevision.state, func.count(Decision.id))
        .add_columns(func.min(Decision.verdict).label("verdict"))
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .outerjoin(Decision, on_this_number() & HAD_EFFECT)
        .where(ProductRevision.state.in_(OUTCOMES))
        .group_by(ProductRevision.id, Product.code, ProductRevision.number, ProductRevision.state)
    )
    for code, number, state, decisions, verdict in db.session.execute(rows):
        if decisions != 1:
            yield f"product {code}: revision {number} is {state} by {decisions} decisions"
        elif verdict is not OUTCOMES[state]:
            yield f"product {code}: revision {number} is {state}, its decision says {verdict}"


def public_by_approval() -> Iterator[str]:
    """What buyers see was approved by a decision that stands."""
    approvals = select(Decision.revision_id).where(Decision.verdict == Verdict.APPROVE, HAD_EFFECT)
    rows = select(Product.code).where(
        Product.approved_revision_id.is_not(None), Product.approved_revision_id.not_in(approvals)
    )
    for code in db.session.scalars(rows):
        yield f"product {code} is public without an approval"


def four_eyes() -> Iterator[str]:
    """No officer decided for a cooperative he had joined by then, nor on what he wrote or sent himself."""
    member = (Membership.cooperative_id == Product.cooperative_id) & (Membership.user_id == Decision.officer_id)
    joined = Membership.joined_at <= Decision.decided_at
    sent = (Decision.number == ProductRevision.number) & (Decision.officer_id == ProductRevision.submitted_by_id)
    rows = (
        select(Product.code, Decision.number)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(Decision, Decision.revision_id == ProductRevision.id)
        .outerjoin(Membership, member & joined)
        .where(or_(Membership.id.is_not(None), Decision.officer_id == ProductRevision.created_by_id, sent))
        .distinct()
    )
    for code, number in db.session.execute(rows):
        yield f"product {code}: revision {number} was decided by one of its own"


def decisions_are_audited() -> Iterator[str]:
    """Every decision that took effect has its row in the product's audit: same officer or rule, same number."""
    audited = {
        (row.subject_id, row.action, row.actor_id, row.facts.get("revision"), row.facts.get("rule"))
        for row in db.session.execute(
            select(AuditEntry.subject_id, AuditEntry.action, AuditEntry.actor_id, AuditEntry.facts).where(
                AuditEntry.subject_kind == Product.__tablename__, AuditEntry.action.in_(OUTCOMES)
            )
        )
    }
    rows = (
        select(Product.id, Product.code, Decision.verdict, Decision.officer_id, Decision.number, ApprovalRule.code)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(Decision, Decision.revision_id == ProductRevision.id)
        .outerjoin(ApprovalRule, ApprovalRule.id == Decision.rule_id)
        .where(HAD_EFFECT)
    )
    for key, code, verdict, officer_id, number, rule in db.session.execute(rows):
        if (key, verdict.outcome, officer_id, number, rule) not in audited:
            yield f"product {code}: the decision on revision {number} is not in the audit"


def due_is_done() -> Iterator[str]:
    """No decision waits long after its time: `flask work` runs, and the storage answers."""
    late = Decision.effective_at < clock.after(minutes=-LATE)
    rows = (
        select(Product.code, Decision.number)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(Decision, Decision.revision_id == ProductRevision.id)
        .where(PENDING, late)
    )
    for code, number in db.session.execute(rows):
        yield f"product {code}: the decision on revision {number} waits to be carried out"


CHECKS: list[Callable[[], Iterable[str]]] = [
    decided_once,
    public_by_approval,
    four_eyes,
    decisions_are_audited,
    due_is_done,
]
