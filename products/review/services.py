"""The officer's decision on a revision: kept, carried out and told in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import update

from cooperatives import queries as cooperative_queries
from cooperatives.photos import services as photos
from products import approval
from products import queries as product_queries
from products.issues import services as issue_services
from products.issues.rules import OTHER
from products.issues.services import Reason
from products.lifecycle import REVISION
from products.models import Product, ProductRevision
from products.queue import claims
from products.queue import services as queue
from products.review import policies, queries
from products.review.models import Decision, Verdict
from products.search import services as search
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.notices import services as notices

_DECIDED = {
    Verdict.APPROVE: _l("%(name)s approved this already."),
    Verdict.RETURN: _l("%(name)s returned this already."),
    Verdict.REJECT: _l("%(name)s did not accept this already."),
}
_LEADS_TO = {Verdict.APPROVE: "preview", Verdict.RETURN: "edit", Verdict.REJECT: "preview"}


class Overtaken(Conflict):
    """Somebody decided first, or the seller changed it; nothing was decided here. `newest` waits, if any does."""

    def __init__(self, sentence: Any, newest: int | None) -> None:
        super().__init__(sentence)
        self.newest = newest


class Decided(NamedTuple):
    """What was decided; `price_set` is False where the seller had changed the price meanwhile: it stays as it is."""

    decision: Decision
    price_set: bool


def decide(
    product: Product,
    number: int,
    officer: User,
    verdict: Verdict,
    note: str = "",
    *,
    issues: Sequence[Reason] = (),
    published: Iterable[str] = (),
) -> Decided:
    """Approve, return or reject the revision with the number the officer has read; the decision is kept.

    `published` are the digests of photos whose public copies were made for this approval; others follow by the
    sweep. Raises Invalid for a return without a reason and a rejection without words, NotAllowed for an officer
    of another commune and for own work, Overtaken when somebody decided first, works on it now or the
    seller changed it, Conflict while the seller is suspended.
    """
    _explained(verdict, note, issues)
    product_queries.lock(product)
    revision = queries.as_sent(product, number)
    if revision is None:
        raise overtaken(product, number)
    _allowed(product, revision, officer)
    _claimed_by_nobody_else(revision, officer)
    _move(revision, verdict)
    decision = Decision(revision_id=revision.id, number=number, officer_id=officer.id, verdict=verdict, note=note)
    db.session.add(decision)
    price_set = _approve(revision, officer, published) if verdict is Verdict.APPROVE else True
    reasons = _open_issues(revision, officer, note, issues) if verdict is Verdict.RETURN else []
    facts: dict[str, Any] = {"issues": [one.rule for one in reasons]} if reasons else {}
    if not price_set:
        facts["price_kept"] = product.skus[0].price
    audit.record(verdict.outcome, product, officer, revision=number, **facts)
    _tell(revision, decision, len(reasons))
    return Decided(decision, price_set)


def overtaken(product: Product, number: int) -> Overtaken:
    """Return what stands in the way of deciding on this number of a product now, with the number that waits."""
    newest, decision = queries.waiting_number(product), queries.standing(product, number)
    if decision is not None:
        return Overtaken(str(_DECIDED[decision.verdict]) % {"name": decision.officer.name}, newest)
    if newest is not None:
        return Overtaken(_l("The seller changed this meanwhile. Read the new version, then decide."), newest)
    return Overtaken(_l("The seller took this back. It comes again once it is sent."), None)


def note_refusal(product: Product, number: int, officer: User) -> None:
    """Keep that an officer tried to decide on what is not his to decide."""
    product_queries.lock(product)
    audit.record("decision_refused", product, officer, revision=number)


def _explained(verdict: Verdict, note: str, issues: Sequence[Reason]) -> None:
    if verdict is Verdict.RETURN and not issues and not note:
        raise Invalid("reasons", _l("Choose a reason, or write what is to be mended."))
    if verdict is Verdict.REJECT and not note:
        raise Invalid("note", _l("Say why it cannot be sold here."))


def _allowed(product: Product, revision: ProductRevision, officer: User) -> None:
    why_not = policies.refusal(
        officer.id,
        revision,
        product.cooperative.commune_code,
        communes=communes_of_officer(officer.id),
        memberships=queries.memberships_of(officer, product),
    )
    if why_not is not None:
        raise NotAllowed(why_not)
    if not policies.sells(product.cooperative):
        raise Conflict(policies.SUSPENDED)


def _claimed_by_nobody_else(revision: ProductRevision, officer: User) -> None:
    taken = claims.in_the_way(claims.on(revision.id, revision.number), officer.id)
    if taken is not None:
        raise Overtaken(taken, revision.number)
    queue.let_go(revision.id, officer)


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
        raise overtaken(revision.product, revision.number)
    db.session.refresh(revision)


def _approve(revision: ProductRevision, officer: User, published: Iterable[str]) -> bool:
    """Let buyers see the revision: pointer, SKU or price, pictures, search; returns whether the price was set."""
    applied = approval.apply(revision, officer)
    if copied := list(published):
        photos.mark_public(copied)
    issue_services.settle(revision.product, officer)
    db.session.flush()
    search.refresh([revision.product_id])
    return applied.price_set


def _open_issues(revision: ProductRevision, officer: User, note: str, issues: Sequence[Reason]) -> list[Reason]:
    """Open one issue for each reason; words that no reason carries become one of their own, so none is lost."""
    reasons = list(issues)
    if note and all(one.note != note for one in reasons):
        reasons.append(Reason(OTHER, note=note))
    issue_services.open_all(revision, reasons, officer)
    return reasons


def _tell(revision: ProductRevision, decision: Decision, count: int) -> None:
    product = revision.product
    url = f"/my/products/{product.code}/{_LEADS_TO[decision.verdict]}"
    for membership in cooperative_queries.members(product.cooperative):
        notices.tell(
            membership.user,
            f"revision_{decision.verdict.outcome}",
            url,
            product=revision.name,
            count=count,
            note=decision.note,
        )
