"""Planning what is passed on or taken back, and keeping what the provider made of it. Nothing here calls outside."""

from typing import Any

from sqlalchemy import select

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.claims import next_try
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import log
from shop.orders.models import Order
from shop.payments.books import services as books
from shop.payments.methods.base import Holder, Moved
from shop.payments.passing import queries
from shop.payments.passing.models import CardAccount, Passing, PassingState
from shop.payments.refunds.queries import locked_part


def open_account(cooperative: Cooperative, holder: Holder, actor: User) -> CardAccount:
    """Keep the account that was made at the provider, once: the same cooperative always has the same one."""
    found = queries.account_of(cooperative)
    if found is None:
        found = CardAccount(cooperative_id=cooperative.id, reference=holder.reference, opened_by_id=actor.id)
        db.session.add(found)
        db.session.flush()
        audit.record("card_account_opened", cooperative, actor, account=holder.reference)
    return keep_account(found.id, holder)


def keep_account(account_id: int, holder: Holder | None) -> CardAccount:
    """Keep what the provider says of an account; None: that it was asked, and said nothing of it."""
    account = queries.account(account_id)
    if holder is None:
        account.looked_at = clock.now()
    elif holder.reference == account.reference:
        account.ready, account.submitted, account.wants = holder.ready, holder.submitted, holder.wants
        account.looked_at = clock.now()
    return account


def plan(part_id: int) -> bool:
    """Write down the next step of a part: what is missing at the seller's account, or too much there. Once: the
    row of the payment is held, and a part with a step that waits gets no other."""
    part = locked_part(part_id)
    found = queries.to_move(1, part_id)
    if not found:
        return False
    amount, steps = found[0][1], queries.of_part(part_id)
    back_of = None
    if amount < 0:
        back_of = next(one for one in reversed(steps) if one.back_of_id is None and _left(one, steps))
        amount = min(-amount, _left(back_of, steps))
    number = len(steps) + 1
    passing = Passing(
        part_id=part.id,
        number=number,
        back_of_id=back_of.id if back_of else None,
        account=back_of.account if back_of else _account(part.order),
        amount=amount,
        idempotency_key=f"pass-{part.order.code}-{number}-1",
    )
    db.session.add(passing)
    db.session.flush()
    _keep(passing, "back_due" if back_of else "passing_due")
    return True


def _left(passing: Passing, steps: list[Passing]) -> int:
    if passing.state is not PassingState.DONE:
        return 0
    return passing.amount - sum(one.amount for one in steps if one.back_of_id == passing.id)


def _account(order: Order) -> str:
    row = select(CardAccount.reference).where(CardAccount.cooperative_id == order.cooperative_id)
    return db.session.scalars(row).one()


def name_of(passing: Passing) -> str:
    """Return the name under which the provider finds it again, whatever key it was sent with."""
    return f"{passing.part.order.code}-{passing.number}"


def provider_amount(passing: Passing) -> int:
    """Return what to take back in the provider's currency: its share of what was passed on, the last one the rest."""
    of = passing.back_of
    if of is None or of.provider_amount is None:
        raise ValueError("only what was passed on can be taken back")
    before = [one for one in queries.of_part(passing.part_id) if one.back_of_id == of.id and one.id != passing.id]
    gone, gone_there = sum(one.amount for one in before), sum(one.provider_amount or 0 for one in before)
    if gone + passing.amount == of.amount:
        return of.provider_amount - gone_there
    return of.provider_amount * passing.amount // of.amount


def keep(passing_id: int, moved: Moved) -> bool:
    """Keep that the provider carried it out; True when that was news."""
    passing = _locked(passing_id)
    if passing.state is PassingState.DONE:
        return False
    passing.state, passing.done_at, passing.problem, passing.claimed_until = PassingState.DONE, clock.now(), None, None
    passing.provider_reference = moved.reference
    passing.provider_amount, passing.provider_currency = moved.amount, moved.currency
    books.passed(passing)
    _keep(passing, "taken_back" if passing.back_of_id else "passed_on")
    return True


def try_later(passing_id: int, problem: str, *, another_key: bool) -> None:
    """Keep that the provider did not answer, and when to ask again."""
    passing = _locked(passing_id)
    passing.problem, passing.claimed_until = problem, next_try(passing.tries)
    if another_key:
        _another_key(passing)


def give_up(passing_id: int, problem: str) -> None:
    """Keep that the provider refused it: a person must look, and nothing more of this part moves before."""
    passing = _locked(passing_id)
    if passing.state is PassingState.DUE:
        log.error("passing_failed", passing=passing.id, problem=problem)
        passing.state, passing.problem, passing.claimed_until = PassingState.FAILED, problem, None
        _keep(passing, "passing_failed", problem=problem)


def again(passing_id: int, actor: User) -> None:
    """Let a refused step be tried again under a new key; Conflict where it is not refused any more."""
    passing = _locked(passing_id)
    if passing.state is not PassingState.FAILED:
        raise Conflict(_l("This was tried again already. Open the page again."))
    passing.state, passing.problem, passing.tries = PassingState.DUE, None, 0
    _another_key(passing)
    _keep(passing, "passing_again", actor)


def _another_key(passing: Passing) -> None:
    name, _dash, number = passing.idempotency_key.rpartition("-")
    passing.idempotency_key = f"{name}-{int(number) + 1}"


def _locked(passing_id: int) -> Passing:
    locked_part(db.session.get_one(Passing, passing_id).part_id)
    return queries.one(passing_id)


def _keep(passing: Passing, kind: str, actor: User | None = None, **more: Any) -> None:
    facts = {"order": passing.part.order.code, "amount": passing.amount, "number": passing.number, **more}
    audit.record(f"payment_{kind}", passing.part.payment, actor, **facts)
