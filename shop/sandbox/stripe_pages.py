"""The card page that stands in for Stripe's hosted Checkout, and the list of payments."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.i18n import gettext as _
from shop.sandbox import stripe_cards, stripe_moves, stripe_store
from shop.sandbox.context import sandbox

bp = Blueprint("stripe_pages", __name__)
Found = dict[str, Any]
AT_MOST = 200


@bp.get("/payments")
def index() -> str:
    stripe_moves.expire_due(sandbox().state)
    with sandbox().state.reading() as db:
        found = [one for one, _place in zip(stripe_store.newest(db, "checkout.session"), range(AT_MOST), strict=False)]
    return render_template("sandbox/payments.html", sessions=found)


@bp.get("/pay/<session_id>")
def card_page(session_id: str) -> str:
    return _page(_session(session_id), {}, "")


@bp.post("/pay/<session_id>")
def pay(session_id: str) -> Response | tuple[str, int]:
    session = _session(session_id)
    number = "".join(request.form.get("number", "").split())
    expiry, cvc = request.form.get("expiry", ""), request.form.get("cvc", "").strip()
    today = clock.now()
    errors = _errors(stripe_cards.problems(number, expiry, cvc, today.year, today.month), request.form)
    if session["status"] == "open" and errors:
        return _page(session, errors, ""), 422
    with sandbox().state.writing() as db:
        session = stripe_store.get(db, "checkout.session", session_id)
        card = stripe_cards.charged(number, expiry)
        if session["status"] == "open":
            payer = {"email": request.form["email"].strip(), "name": request.form.get("name", "").strip() or None}
            session = stripe_moves.pay(db, session, card, payer)
    sandbox().dispatcher.wake()
    if session["status"] == "complete":
        return redirect(landing(session), 303)
    return _page(session, {}, "" if session["status"] == "expired" else _refusal(card)), 402


def landing(session: Found) -> str:
    """Return the shop's address for a buyer who has paid."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _session(session_id: str) -> Found:
    stripe_moves.expire_due(sandbox().state)
    with sandbox().state.reading() as db:
        session: Found = stripe_store.find(db, "checkout.session", session_id) or abort(404)
    shop = urlsplit(session["success_url"])
    g.form_origins = [f"{shop.scheme}://{shop.netloc}"]  # the form's answer leads to the shop
    return session


def _page(session: Found, errors: dict[str, str], refusal: str) -> str:
    return render_template(
        "sandbox/pay.html", session=session, lines=session["_line_items"], errors=errors, refusal=refusal,
        given=request.values, cards=_examples(), landing=landing(session),
    )  # fmt: skip


def _examples() -> list[tuple[str, str]]:
    return [
        ("4242 4242 4242 4242", _("paid")),
        ("4000 0000 0000 0002", _("declined")),
        ("4000 0000 0000 9995", _("not enough money")),
    ]


def _errors(wrong: list[str], form: Any) -> dict[str, str]:
    sentences = {
        "number": _("Check the card number"),
        "expiry": _("Write month and year, not past, like 12/34"),
        "cvc": _("Write the 3 or 4 digits from the card"),
    }
    found = {field: sentences[field] for field in wrong}
    if "@" not in form.get("email", ""):
        found["email"] = _("Write an e-mail address")
    return found


def _refusal(card: Found) -> str:
    sentences = {
        "insufficient_funds": _("There is not enough money on this card. Nothing was charged."),
        "test_mode_live_card": _("This is not a test card. Use a number from the list."),
        "expired_card": _("The bank says this card has expired. Nothing was charged."),
        "incorrect_cvc": _("The bank says the security code is wrong. Nothing was charged."),
        "processing_error": _("The bank did not answer. Nothing was charged, try again."),
    }
    return sentences.get(card["decline_code"] or card["code"], _("The bank declined this card. Nothing was charged."))
