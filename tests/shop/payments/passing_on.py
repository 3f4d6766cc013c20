"""Sellers with an account of their own at Stripe's stand-in, for tests of what is passed on."""

import dataclasses
from typing import Any

from sqlalchemy import select

from shop.core.db import db, writing
from shop.payments.methods import stripe_connect
from shop.payments.passing import services, tasks
from shop.payments.passing.models import CardAccount, Passing
from shop.payments.refunds import tasks as refunds
from tests.cast import Cast
from tests.shop.payments.outside import Outside, http

COUNTRY = {"stripe_connect_country": "DE"}


def switched_on(outside: Outside) -> None:
    """Let this market pass card money on."""
    extensions = outside.browser.app.extensions
    extensions["settings"] = dataclasses.replace(extensions["settings"], **COUNTRY)


def opened(outside: Outside, cast: Cast, seller: str = "cooperative", *, filled: bool = True) -> str:
    """Open a seller's account and fill it in; returns its reference."""
    switched_on(outside)
    cooperative, manager = cast.cooperative(seller), cast.member if seller == "cooperative" else cast.stranger
    code, name = cooperative.code, cooperative.name
    db.session.rollback()
    holder = stripe_connect.open_account(code, name)
    with writing():
        services.open_account(cast.cooperative(seller), holder, manager)
    if filled:
        stripe_connect.link_to_fill_in(holder.reference, "http://127.0.0.1/x")
        http.post(f"{outside.running.url}/connect/{holder.reference}", headers={"Origin": outside.running.url})
        with writing():
            key = db.session.scalars(select(CardAccount.id).where(CardAccount.reference == holder.reference)).one()
        holder = stripe_connect.look_up_account(holder.reference)
        with writing():
            services.keep_account(key, holder)
    return holder.reference


def passed() -> int:
    """One round of everything that passes money on or takes it back; returns how many steps were carried out."""
    refunds.promise_refunds()
    refunds.send_refunds()
    tasks.plan_passings()
    done = tasks.send_passings()
    db.session.remove()
    return done


def steps() -> list[tuple[Any, ...]]:
    """Every step as (number, amount, whether it takes back, state)."""
    rows = select(Passing).order_by(Passing.part_id, Passing.number).execution_options(populate_existing=True)
    return [(one.number, one.amount, one.back_of_id is not None, one.state.value) for one in db.session.scalars(rows)]
