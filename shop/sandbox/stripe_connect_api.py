"""Connected accounts, transfers and the balance in Stripe's API, and the page on which an account is filled in."""

import sqlite3
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from shop.sandbox import stripe_connect, stripe_store
from shop.sandbox.context import sandbox
from shop.sandbox.stripe_door import asked_by, once
from shop.sandbox.stripe_errors import missing
from shop.sandbox.stripe_params import Spec, checked, choice, email, flag, group, metadata, text, url, whole
from shop.sandbox.stripe_views import EXPAND, PAGED, equal, listed, one, part

bp = part("stripe_connect_api")
pages = Blueprint("stripe_connect_pages", __name__)
Found = dict[str, Any]
ACCOUNT: Spec = {
    "country": text(2), "email": email, "metadata": metadata, **EXPAND,
    "capabilities": group({"transfers": group({"requested": flag})}),
    "business_profile": group({"name": text(), "url": url, "product_description": text()}),
    "controller": group({
        "stripe_dashboard": group({"type": choice("express", "full", "none")}),
        "fees": group({"payer": choice("account", "application")}),
        "losses": group({"payments": choice("application", "stripe")}),
    }),
}  # fmt: skip
LINK: Spec = {
    "account": text(), "refresh_url": url, "return_url": url,
    "type": choice("account_onboarding", "account_update"), **EXPAND,
}  # fmt: skip
TRANSFER: Spec = {
    "amount": whole(1), "currency": text(3), "destination": text(), "source_transaction": text(),
    "description": text(), "metadata": metadata, **EXPAND,
}  # fmt: skip
REVERSAL: Spec = {"amount": whole(1), "description": text(), "metadata": metadata, **EXPAND}


def _needing(spec: Spec, *names: str) -> Any:
    def read(given: Found) -> Found:
        asked = checked(spec, given)
        for name in names:
            if name not in asked:
                raise missing(name)
        return asked

    return read


@bp.post("/accounts")
def create_account() -> Response:
    return once(_needing(ACCOUNT), lambda db, asked: stripe_store.shown(db, stripe_connect.account(db, asked), []))


@bp.get("/accounts/<own_id>")
def one_account(own_id: str) -> Found:
    return one("account", own_id, "account")


@bp.post("/account_links")
def create_link() -> Response:
    root = request.url_root
    needed = ("account", "refresh_url", "return_url", "type")
    return once(_needing(LINK, *needed), lambda db, asked: stripe_connect.link(db, asked, root))


@bp.post("/transfers")
def create_transfer() -> Response:
    def work(db: sqlite3.Connection, asked: Found) -> Found:
        return stripe_store.shown(db, stripe_connect.transfer(db, asked, asked_by()), asked.get("expand", []))

    return once(_needing(TRANSFER, "amount", "currency", "destination", "source_transaction"), work)


@bp.get("/transfers")
def list_transfers() -> Found:
    return listed("transfer", PAGED | {"destination": text(), "transfer_group": text()},
                  equal("destination", "transfer_group"))  # fmt: skip


@bp.get("/transfers/<own_id>")
def one_transfer(own_id: str) -> Found:
    return one("transfer", own_id, "transfer")


@bp.post("/transfers/<own_id>/reversals")
def create_reversal(own_id: str) -> Response:
    def work(db: sqlite3.Connection, asked: Found) -> Found:
        of = stripe_store.get(db, "transfer", own_id, "transfer")
        return stripe_store.shown(db, stripe_connect.reverse(db, of, asked, asked_by()), asked.get("expand", []))

    return once(_needing(REVERSAL), work)


@bp.get("/transfers/<own_id>/reversals")
def list_reversals(own_id: str) -> Found:
    return listed("transfer_reversal", PAGED, lambda _asked: lambda found: found["transfer"] == own_id)


@bp.get("/balance_transactions")
def list_balance() -> Found:
    return listed("balance_transaction", PAGED | {"type": text(), "source": text()}, equal("type", "source"))


@bp.get("/payment_intents")
def list_intents() -> Found:
    return listed("payment_intent", PAGED, equal())


@pages.get("/connect/<own_id>")
def page(own_id: str) -> str:
    with sandbox().state.reading() as db:
        found = stripe_store.get(db, "account", own_id, "account")
    return render_template("sandbox/connect.html", account=found)


@pages.post("/connect/<own_id>")
def filled_in(own_id: str) -> Redirect:
    with sandbox().state.writing() as db:
        found = stripe_connect.fill_in(db, stripe_store.get(db, "account", own_id, "account"))
    sandbox().dispatcher.wake()
    return redirect(str(found["_return"]), 303)
