"""The officer's decision on a revision: kept now, carried out ten seconds later (effect), undone until then."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, update

from cooperatives import queries as cooperative_queries
from cooperatives.helping.queries import ever_helped
from products import queries as product_queries
from products.issues import services as issue_services
from products.issues.rules import OTHER
from products.issues.services import Reason
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.queue import claims
from products.queue import services as queue
from products.review import policies, queries
from products.review.models import UNDO, Decision, Press, Verdict, Withdrawal
from products.seconds import services as seconds
from products.seconds.models import FirstLook
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotAllowed, NotFound
from shop.core.i18n import lazy_gettext as _l

_DECIDED = {
    Verdict.APPROVE: _l("%(name)s approved this already."),
    Verdict.RETURN: _l("%(name)s returned this already."),
    Verdict.REJECT: _l("%(name)s did not accept this already."),
}
_BY_RULE = _l("The rule “%(name)s” approved this already.")


UNDID = _l("You undid this. It waits again.")


class Overtaken(Conflict):
    """Somebody decided first, or the seller changed it; nothing was decided here. `newest` waits, if any does."""

    def __init__(self, sentence: Any, newest: int | None) -> None:
        super().__init__(sentence)
        self.newest = newest


def decide(
    product: Product,
    number: int,
    officer: User,
    verdict: Verdict,
    note: str = "",
    *,
    issues: Sequence[Reason] = (),
    press: Press | None = None,
) -> Decision | FirstLook:
    """Approve, return or reject the revision with the number the officer has read; the decision is kept.

    Where the goods need two officers, the approval of the first is kept as a first yes and returned instead: they
    go on waiting, and the approval of another officer decides.

    It takes effect after `UNDO` (`effect.carry_out`): until then nothing moves, nobody is told, and its officer may
    `undo` it; for other officers the revision is decided. Raises Invalid for a return without a reason and a
    rejection without words, NotAllowed for an officer of another commune and for own work, Overtaken when somebody
    decided first, works on it now or the seller changed it, Conflict while the seller is suspended and for an officer
    who has said the first yes himself. The same `press` again changes nothing and gives back what it decided, also
    where that was undone since.
    """
    reasons = _explained(verdict, note, issues)
    product_queries.lock(product)
    cooperative_queries.hold_still(product.cooperative)  # who joins or helps it now comes before the decision, or after
    if before := _before(product, number, officer, verdict, press):
        return before
    revision = queries.as_sent(product, number)
    if revision is None or revision.state is not RevisionState.SUBMITTED or queries.standing(product, number):
        raise overtaken(product, number)
    _allowed(product, revision, officer)
    _claimed_by_nobody_else(revision, officer)
    first = seconds.say_yes(product, revision, officer) if verdict is Verdict.APPROVE else None
    if first is not None:
        return first
    now = clock.now()
    decision = Decision(
        revision_id=revision.id,
        number=number,
        officer_id=officer.id,
        verdict=verdict,
        note=note,
        reasons=[one._asdict() for one in reasons],
        decided_at=now,
        effective_at=(press.effective_at if press else None) or now + UNDO,
        press=press.name if press else None,
    )
    db.session.add(decision)
    audit.record("decided", product, officer, revision=number, verdict=verdict.value)
    return decision


def _before(product: Product, number: int, officer: User, verdict: Verdict, press: Press | None) -> Decision | None:
    """Return what this press decided already; raises Overtaken where that was something else."""
    before = queries.by_press(product, number, officer, press.name) if press else None
    if before is None or before.verdict is verdict:
        return before
    raise overtaken(product, number) if before.withdrawn_at is None else Overtaken(UNDID, number)


def undo(product: Product, number: int, officer: User) -> Decision:
    """Withdraw a decision before it takes effect; the row stays, and the revision waits again.

    An officer withdraws his own, and what a rule took on goods on which he may decide. Raises NotFound where there
    is none of these, NotAllowed where he may not decide, Conflict once it took effect.
    """
    product_queries.lock(product)
    decision = queries.standing(product, number)
    if decision is None or (decision.rule_id is None and decision.officer_id != officer.id):
        raise NotFound(_l("There is nothing of yours to undo here."))
    if decision.rule_id is not None:
        _allowed(product, decision.revision, officer)
    if not withdraw(decision, Withdrawal.UNDONE, officer):
        raise Conflict(_l("It took effect already. It cannot be undone any more."))
    audit.record("decision_undone", product, officer, revision=number, verdict=decision.verdict.value)
    return decision


def undo_press(name: str, officer: User) -> list[Decision]:
    """Withdraw all that one press of this officer's decided and that has no effect yet; returns what waits again.

    Raises NotFound where nothing of it is his to undo, Conflict once all of it took effect.
    """
    pending = queries.pending_by_press(name, officer)
    if not pending:
        raise NotFound(_l("There is nothing of yours to undo here."))
    undone = []
    for decision in pending:
        product = decision.revision.product
        product_queries.lock(product)
        if withdraw(decision, Withdrawal.UNDONE, officer):
            audit.record("decision_undone", product, officer, revision=decision.number, verdict=decision.verdict.value)
            undone.append(decision)
    if not undone:
        raise Conflict(_l("It took effect already. It cannot be undone any more."))
    return undone


def withdraw(decision: Decision, why: Withdrawal, officer: User | None = None) -> bool:
    """Take back a decision without effect, by one guarded UPDATE: an officer (UNDONE) only before its time.

    The caller holds the product's row and keeps the audit. Returns False where it was too late.
    """
    now = clock.now()
    ours = [Decision.id == decision.id, Decision.withdrawn_at.is_(None), Decision.carried_out_at.is_(None)]
    if officer is not None:
        own = or_(Decision.officer_id == officer.id, Decision.rule_id.is_not(None))
        ours += [own, Decision.effective_at > now]
    values = {"withdrawn_at": now, "withdrawn_why": why, "withdrawn_by_id": officer.id if officer else None}
    statement = update(Decision).where(*ours).values(**values).execution_options(synchronize_session=False)
    done = changed(statement) == 1
    db.session.refresh(decision)
    return done


def overtaken(product: Product, number: int) -> Overtaken:
    """Return what stands in the way of deciding on this number of a product now, with the number that waits."""
    newest, decision = queries.waiting_number(product), queries.standing(product, number)
    if decision is not None:
        return Overtaken(who_decided(decision), newest)
    if newest is not None:
        return Overtaken(_l("The seller changed this meanwhile. Read the new version, then decide."), newest)
    return Overtaken(_l("The seller took this back. It comes again once it is sent."), None)


def who_decided(decision: Decision) -> str:
    """Return the sentence that tells another officer who was first."""
    if decision.rule is not None:
        return str(_BY_RULE) % {"name": decision.rule.name}
    return str(_DECIDED[decision.verdict]) % {"name": decision.decider}


def note_refusal(product: Product, number: int, officer: User) -> None:
    """Keep that an officer tried to decide on what is not his to decide."""
    product_queries.lock(product)
    audit.record("decision_refused", product, officer, revision=number)


def _explained(verdict: Verdict, note: str, issues: Sequence[Reason]) -> list[Reason]:
    """Return what a return asks for; words that no reason carries become one of their own, so none is lost."""
    if verdict is Verdict.REJECT and not note:
        raise Invalid("note", _l("Say why it cannot be sold here."))
    if verdict is not Verdict.RETURN:
        return []
    if not issues and not note:
        raise Invalid("reasons", _l("Choose a reason, or write what is to be mended."))
    reasons = list(issues)
    if note and all(one.note != note for one in reasons):
        reasons.append(Reason(OTHER, note=note))
    for one in reasons:
        issue_services.check(one.field, one.rule, one.note)
    return reasons


def _allowed(product: Product, revision: ProductRevision, officer: User) -> None:
    why_not = refusal(product, revision, officer)
    if why_not is not None:
        raise NotAllowed(why_not)
    if not policies.sells(product.cooperative):
        raise Conflict(policies.SUSPENDED)


def _claimed_by_nobody_else(revision: ProductRevision, officer: User) -> None:
    taken = claims.in_the_way(claims.on(revision.id, revision.number), officer.id)
    if taken is not None:
        raise Overtaken(taken, revision.number)
    queue.let_go(revision.id, officer)


def refusal(product: Product, revision: ProductRevision, officer: User) -> Any:
    """Return the sentence that says why this officer may not decide on this now, or None; asked again at the effect."""
    return policies.refusal(
        officer.id,
        revision,
        product.cooperative.commune_code,
        communes=queries.communes_of(officer),
        memberships=queries.memberships_of(officer, product),
        helped=ever_helped(officer.id, product.cooperative_id),
    )
