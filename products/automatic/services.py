"""Verbs on rules: make one, end one, and let one approve a change; each approval is a decision like any other."""

from collections.abc import Iterable, Mapping
from random import SystemRandom
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from cooperatives import queries as cooperatives
from products import queries as products
from products.automatic import checking, queries
from products.automatic.models import LIMITS, ApprovalRule, AutomaticLook
from products.lowrisk import FIELDS, SAMPLE_PERCENT
from products.models import ProductRevision
from products.review import services as review
from products.review.models import UNDO, Decision, Verdict, Withdrawal
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l

_LOT = SystemRandom()
LONGEST_NAME = 80  # characters


def make_rule(
    name: str, fields: Iterable[str], communes: Iterable[str], conditions: Mapping[str, int], admin: User
) -> ApprovalRule:
    """Make a rule that holds from now on. `conditions` are those of `models.LIMITS`, all of them.

    Raises Invalid beside the name (none, too long, one that holds has it), the fields or a number out of its limits.
    """
    chosen = [field for field in FIELDS if field in set(fields)]
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("name", _l("Give it a name of at most %(most)s characters.", most=LONGEST_NAME))
    if not chosen:
        raise Invalid("fields", _l("Choose at least one field."))
    for one, (low, high) in LIMITS.items():
        if not low <= conditions[one] <= high:
            raise Invalid(one, _l("Enter a number from %(low)s to %(high)s.", low=low, high=high))
    taken = select(ApprovalRule.id).where(ApprovalRule.name == name, ApprovalRule.ended_at.is_(None))
    if db.session.scalar(taken) is not None:
        raise Invalid("name", _l("A rule of this name holds already."))
    asked = {one: conditions[one] for one in LIMITS}
    rule = ApprovalRule(name=name, fields=chosen, communes=sorted(set(communes)), made_by_id=admin.id, **asked)
    db.session.add(rule)
    db.session.flush()
    audit.record("rule_made", rule, admin, fields=chosen, communes=rule.communes, conditions=asked)
    return rule


def end_rule(rule: ApprovalRule, admin: User) -> None:
    """End a rule: it decides on nothing more, and what it decided without effect so far waits again.

    Raises Conflict where it has ended already.
    """
    still = ApprovalRule.id == rule.id, ApprovalRule.ended_at.is_(None)
    ended = update(ApprovalRule).where(*still).values(ended_at=clock.now(), ended_by_id=admin.id)
    if changed(ended.execution_options(synchronize_session=False)) != 1:
        raise Conflict(_l("This rule has ended already."))
    db.session.refresh(rule)
    audit.record("rule_ended", rule, admin)
    for decision in queries.pending_of(rule):
        product = decision.revision.product
        products.lock(product)
        if review.withdraw(decision, Withdrawal.RULE_ENDED):
            why = Withdrawal.RULE_ENDED.value
            audit.record("decision_withdrawn", product, None, revision=decision.number, why=why, rule=rule.code)


def decide(revision_id: int, number: int, rule_id: int) -> Decision | None:
    """Let a rule approve one change, unless the lot gives it to an officer; None where it is not approved.

    All is asked again here, holding the rule, the goods and the seller in this order: whoever ends the rule, edits
    the goods, decides on them or counts the seller's day comes before or after. It takes effect after `UNDO`.
    """
    rule = queries.held(rule_id)
    revision = db.session.get(ProductRevision, revision_id)
    if rule is None or revision is None:
        return None
    product = revision.product
    products.lock(product)
    cooperatives.lock(product.cooperative)
    waiting = queries.undecided(revision_id, number)
    if waiting is None:
        return None
    if not queries.fitting([rule], [waiting]) or checking.doubts(waiting):
        looked([(revision_id, number)])
        return None
    if not _drawn(revision_id, number, rule):
        return None
    now = clock.now()
    decision = Decision(
        revision_id=revision_id,
        number=number,
        rule_id=rule.id,
        verdict=Verdict.APPROVE,
        decided_at=now,
        effective_at=now + UNDO,
    )
    db.session.add(decision)
    audit.record("decided", product, None, revision=number, verdict=Verdict.APPROVE.value, rule=rule.code)
    return decision


def looked(keys: Iterable[tuple[int, int]]) -> None:
    """Keep that no rule fitted these (revision, number) just now; what was drawn stays drawn."""
    now = clock.now()
    rows = [{"revision_id": one, "number": number, "looked_at": now} for one, number in keys]
    if rows:
        _looks(rows, {"looked_at": now})


def _drawn(revision_id: int, number: int, rule: ApprovalRule) -> bool:
    """Draw once and for good; True where the rule may decide.

    Each is drawn by itself, so nobody can tell which comes next; where chance has left officers less than a tenth
    of what the rule fitted, the next one is theirs.
    """
    counted = select(AutomaticLook.sampled, func.count()).where(AutomaticLook.rule_id == rule.id)
    rows = {bool(sampled): number for sampled, number in db.session.execute(counted.group_by(AutomaticLook.sampled))}
    total, sampled = sum(rows.values()) + 1, rows.get(True, 0)
    behind = sampled < total * SAMPLE_PERCENT // 100
    chosen = behind or _LOT.randrange(100) < SAMPLE_PERCENT
    return _look(revision_id, number, rule_id=rule.id, sampled=chosen) and not chosen


def _look(revision_id: int, number: int, **drawn: Any) -> bool:
    """Write one look by a guarded upsert; False where a lot was drawn before."""
    fresh = {"looked_at": clock.now(), **drawn}
    return _looks([{"revision_id": revision_id, "number": number, **fresh}], fresh) == 1


def _looks(rows: list[dict[str, Any]], fresh: dict[str, Any]) -> int:
    """Write some looks with one statement, `fresh` where there was one without a lot; returns how many."""
    insert: Any = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    kept = (
        insert(AutomaticLook)
        .values(rows)
        .on_conflict_do_update(
            index_elements=[AutomaticLook.revision_id, AutomaticLook.number],
            set_=fresh,
            where=AutomaticLook.sampled.is_(None),
        )
        .returning(AutomaticLook.revision_id)
    )
    return len(db.session.scalars(kept).all())
