"""What a decision does once its ten seconds are over: all of it in one transaction, once."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import update

from cooperatives import queries as cooperative_queries
from cooperatives.photos import services as photos
from products import approval
from products import queries as product_queries
from products.issues import queries as issue_queries
from products.issues import services as issue_services
from products.issues.services import Reason
from products.lifecycle import REVISION
from products.models import ProductRevision
from products.review import policies, services
from products.review.models import Decision, Verdict, Withdrawal
from products.search import services as search
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.notices import services as notices

_LEADS_TO = {Verdict.APPROVE: "preview", Verdict.RETURN: "edit", Verdict.REJECT: "preview"}


class Effect(NamedTuple):
    """What became of a decision; `price_set` is False where the seller had changed the price meanwhile: it stays."""

    decision: Decision
    price_set: bool


def carry_out(key: int, published: Iterable[str] = ()) -> Effect | None:
    """Carry out the decision with this id, or withdraw it where its officer may not decide on it any more.

    `published` are the digests of photos whose public copies were made for it; others follow by the sweep. Rights
    and states are asked again here (reliability, I17 to I19). Returns None where there is nothing to do: not due
    yet, done already, undone. Raises DomainError where it cannot be done: then `give_up`.
    """
    decision = _held(key)
    if decision is None or not decision.pending or decision.effective_at > clock.now():
        return None
    if copied := list(published):
        photos.mark_public(copied)  # that is where the copies lie now; what nothing public uses is swept away
    obstacle = _obstacle(decision)
    if obstacle is not None:
        _withdraw(decision, obstacle)
        return Effect(decision, True)
    _close(decision)
    revision, officer = decision.revision, decision.officer
    _move(revision, decision.verdict)
    price_set = _approve(decision) if decision.verdict is Verdict.APPROVE else True
    reasons = [Reason(**one) for one in decision.reasons]
    if officer is not None:
        issue_services.open_all(revision, reasons, officer)
    facts: dict[str, Any] = {"issues": [one.rule for one in reasons]} if reasons else {}
    if decision.rule is not None:
        facts["rule"] = decision.rule.code
    if not price_set:
        facts["price_kept"] = revision.product.skus[0].price
    audit.record(decision.verdict.outcome, revision.product, officer, revision=decision.number, **facts)
    _tell(decision, price_set)
    return Effect(decision, price_set)


def give_up(key: int, published: Iterable[str] = ()) -> None:
    """Withdraw a decision that could not be carried out, and tell its officer, if any: the revision waits again."""
    decision = _held(key)
    if copied := list(published):
        photos.mark_public(copied)
    if decision is not None and decision.pending:
        _withdraw(decision, Withdrawal.FAILED)


def _held(key: int) -> Decision | None:
    """Return the decision, read after its product's row was taken: what concerns one product happens one by one."""
    decision = db.session.get(Decision, key)
    if decision is not None:
        product_queries.lock(decision.revision.product)
        db.session.refresh(decision)
        db.session.refresh(decision.revision)
    return decision


def _obstacle(decision: Decision) -> Withdrawal | None:
    revision, product = decision.revision, decision.revision.product
    if revision.number != decision.number or not REVISION.allows(revision.state, decision.verdict.value):
        return Withdrawal.TAKEN_BACK
    if not policies.sells(product.cooperative):
        return Withdrawal.SUSPENDED
    if decision.officer is None:
        return Withdrawal.RULE_ENDED if decision.rule is None or decision.rule.ended_at else None
    return Withdrawal.NOT_YOURS if services.refusal(product, revision, decision.officer) is not None else None


def _withdraw(decision: Decision, why: Withdrawal) -> None:
    services.withdraw(decision, why)
    product = decision.revision.product
    audit.record("decision_withdrawn", product, None, revision=decision.number, why=why.value)
    if decision.officer is None:
        return  # the seller never heard of it, and no officer took it
    url = f"/review/products/{product.code}/{decision.number}/decision"
    notices.tell(decision.officer, f"decision_{why.value}", url, product=decision.revision.name)


def _close(decision: Decision) -> None:
    """Mark the decision carried out; the row's own guard and the database's make it once."""
    still = Decision.id == decision.id, Decision.carried_out_at.is_(None), Decision.withdrawn_at.is_(None)
    done = update(Decision).where(*still).values(carried_out_at=clock.now())
    if changed(done.execution_options(synchronize_session=False)) != 1:
        raise services.overtaken(decision.revision.product, decision.number)
    db.session.refresh(decision)


def _move(revision: ProductRevision, verdict: Verdict) -> None:
    """Move the state by one guarded UPDATE; raises Overtaken when the revision does not wait under this number."""
    moved = db.session.scalars(
        update(ProductRevision)
        .where(
            ProductRevision.id == revision.id,
            ProductRevision.number == revision.number,
            ProductRevision.state.in_(REVISION.sources(verdict.value)),
        )
        .values(state=verdict.outcome, decided_at=clock.now(), version=ProductRevision.version + 1)
        .returning(ProductRevision.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if moved is None:
        raise services.overtaken(revision.product, revision.number)
    db.session.refresh(revision)


def _approve(decision: Decision) -> bool:
    """Let buyers see the revision: pointer, SKU or price, pictures, search; returns whether the price was set."""
    revision = decision.revision
    applied = approval.apply(revision, decision.officer)
    issue_services.settle(revision.product, decision.officer)
    db.session.flush()
    search.refresh([revision.product_id])
    return applied.price_set


def _tell(decision: Decision, price_set: bool) -> None:
    product, name = decision.revision.product, decision.revision.name
    asked = issue_queries.open_for(decision.revision) if decision.verdict is Verdict.RETURN else []
    anchor = asked[0].anchor if asked else ""  # the first thing to mend stands under the thumb at once
    kind, by_rule = f"revision_{decision.verdict.outcome}", {}
    if decision.rule is not None:
        kind, by_rule = "revision_approved_by_rule", {"rule": decision.rule.name, "approvals": decision.rule.approvals}
    for membership in cooperative_queries.members(product.cooperative):
        notices.tell(
            membership.user,
            kind,
            f"/my/products/{product.code}/{_LEADS_TO[decision.verdict]}{anchor}",
            product=name,
            count=len(decision.reasons),
            note=decision.note,
            **by_rule,
        )
    if not price_set and decision.officer is not None:
        url = f"/review/products/{product.code}/{decision.number}/decision"
        notices.tell(decision.officer, "price_stayed", url, product=name)
