"""Sweeps: look at sellers' accounts, plan what is to be passed on or taken back, then send it."""

from collections.abc import Callable
from datetime import timedelta

from shop.core import clock
from shop.core.claims import claim
from shop.core.db import db, writing
from shop.core.present import settings
from shop.payments.carrying.tasks import carry_out
from shop.payments.methods import stripe_connect
from shop.payments.methods.base import Moved, NoAnswer, Refused
from shop.payments.passing import queries, services
from shop.payments.passing.models import Passing, PassingState

LEASE = timedelta(minutes=2)
AT_ONCE = 20
LOOK_AGAIN = timedelta(hours=6)  # after Stripe was asked last; most of them hear of it by an event, and sooner
LOOKS = 5  # accounts a run


def plan_passings() -> int:
    """Write down what is missing at sellers' accounts, or too much there; returns how many steps."""
    if not settings().stripe_connect_country:
        return 0
    done = 0
    for part_id, _amount in queries.to_move(AT_ONCE):
        with writing():
            done += services.plan(part_id)
    return done


def send_passings() -> int:
    """Carry the steps out, each once whatever happens on the way; returns how many are done."""
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(Passing, Passing.state == PassingState.DUE, LEASE)
        if row is None:
            break
        done += carry_out(services, _moved, row["id"])
    return done


def look_at_accounts() -> int:
    """Ask Stripe again, slowly, for accounts that may not receive yet: its event may have been lost.

    Returns how many may receive now.
    """
    if not settings().stripe_connect_country:
        return 0
    done, rows = 0, queries.unready(LOOKS, clock.now() - LOOK_AGAIN)
    db.session.rollback()
    for key, reference in rows:
        try:
            holder = stripe_connect.look_up_account(reference)
        except NoAnswer:
            break  # the others would wait in vain as well
        except Refused:
            holder = None  # closed there: asked again with the others, when its turn comes
        with writing():
            done += services.keep_account(key, holder).ready
    return done


def _moved(passing_id: int) -> Moved:
    """Ask the provider; a repeat first looks whether it was carried out, since keys live only a day."""
    passing = queries.one(passing_id)
    once = stripe_connect.Once(services.name_of(passing), passing.idempotency_key, repeat=passing.tries > 1)
    account, amount, charge = passing.account, passing.amount, passing.part.payment.provider_reference or ""
    of, back = passing.back_of, services.provider_amount(passing) if passing.back_of_id else 0
    transfer = (of.provider_reference or "") if of else ""
    db.session.rollback()
    if transfer:
        return stripe_connect.take_back(transfer, back, once)
    return stripe_connect.pass_on(charge, amount, account, once)


SWEEPS: list[Callable[[], int]] = [look_at_accounts, plan_passings, send_passings]
