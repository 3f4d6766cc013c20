"""The bank of the sandbox: a QR is paid here as in a banking app, and the account's notifier tells of it."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.money import parse_money
from shop.sandbox import bank_books, bank_qr
from shop.sandbox.context import sandbox
from shop.sandbox.state import fact, remember

bp = Blueprint("bank", __name__, url_prefix="/bank")
MOST = 9_999_999_999_999  # đồng, thirteen digits
LONGEST_MEMO = 200


@bp.get("")
def index() -> str | tuple[str, int]:
    """Show the field for a QR's text, or what the given one asks for, and below what was booked."""
    return _page({})


@bp.get("/bookings.json")
def as_json() -> list[dict[str, Any]]:
    """Return the bookings, for tests."""
    with sandbox().state.reading() as db:
        return bank_books.newest(db)


@bp.post("/transfers")
def transfer() -> Response | tuple[str, int] | str:
    """Transfer as the form says, which may differ from what the QR asks."""
    form = request.form
    try:
        asked = bank_qr.read(form.get("qr", "").strip())
    except bank_qr.Unreadable:
        return _page({})
    errors, amount = {}, _amount(form.get("amount", ""))
    if amount is None:
        errors["amount"] = _("Write a whole sum in đồng, for example 150.000")
    how = form.get("how", "as_written")
    if how not in bank_books.PASSED_ON or len(form.get("memo", "")) > LONGEST_MEMO:
        abort(400)
    if errors or amount is None:
        return _page(errors)
    with sandbox().state.writing() as db:
        number = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM bookings").fetchone()[0])
        memo = bank_books.passed_on(form.get("memo", "").strip(), how, number)
        bank_books.book(db, sandbox().settings, (asked.bank_bin, asked.account), amount, memo)
    sandbox().dispatcher.wake()
    return redirect(url_for(".index", done=1, back=_back() or None) + "#bookings", 303)


@bp.post("/bookings/<int:number>/telling")
def tell_again(number: int) -> Response:
    """Tell the same booking once more."""
    with sandbox().state.writing() as db:
        if not bank_books.tell_again(db, number):
            abort(404)
    sandbox().dispatcher.wake()
    return redirect(url_for(".index") + "#bookings", 303)


@bp.post("/dropping")
def drop_next() -> Response:
    """Let the next booking be told to nobody, or not."""
    with sandbox().state.writing() as db:
        remember(db, "bank_drop", "next" if request.form.get("drop") else "")
    return redirect(url_for(".index") + "#bookings", 303)


@bp.post("/listeners")
def listen() -> Response | tuple[str, int]:
    """Connect a webhook to an account, as SePay's own page does; only addresses of this market are taken."""
    account, url, secret = (request.form.get(name, "").strip() for name in ("account", "url", "secret"))
    errors = {}
    if not (account.isascii() and account.isalnum()):
        errors["account"] = _("Write the account number")
    if not url.startswith(sandbox().settings.shop_origin.rstrip("/") + "/webhooks/"):
        errors["url"] = _("Copy the address that the market shows")
    if not secret:
        errors["secret"] = _("Write the secret key that the market was given")
    if errors:
        return _page(errors)
    with sandbox().state.writing() as db:
        bank_books.listen(db, account, url, secret)
    return redirect(url_for(".index") + "#listeners", 303)


def _page(errors: dict[str, str]) -> Any:
    text = request.values.get("qr", "").strip()
    order, problem = None, ""
    if text:
        try:
            order = bank_qr.read(text)
        except bank_qr.Unreadable as wrong:
            problem = _reasons()[str(wrong)]
    with sandbox().state.reading() as db:
        found = {
            "bookings": bank_books.newest(db),
            "dropping": fact(db, "bank_drop") == "next",
            "heard": order is None or bank_books.listener(db, sandbox().settings, order.account) is not None,
        }
    page = render_template(
        "sandbox/bank.html", text=text, order=order, problem=problem, errors=errors, given=request.values,
        banks=bank_qr.BANKS, back=_back(), ways=_ways(), **found,
    )  # fmt: skip
    return (page, 422) if problem or errors else page


def _back() -> str:
    """The market's page that led here; nothing else is linked to."""
    back, shop = urlsplit(request.values.get("back", "")), urlsplit(sandbox().settings.shop_origin)
    return back.geturl() if (back.scheme, back.netloc) == (shop.scheme, shop.netloc) else ""


def _amount(text: str) -> int | None:
    try:
        amount = parse_money(text)
    except DomainError:
        return None
    return amount if 0 < amount <= MOST else None


def _ways() -> dict[str, str]:
    return {
        "as_written": _("As written"),
        "prefixed": _("With the bank’s own words around it"),
        "spaced": _("With spaces in between"),
        "lower": _("In small letters"),
        "cut": _("Cut off after 6 letters"),
    }


def _reasons() -> dict[str, str]:
    return {
        "shape": _("This is not the text of a transfer QR."),
        "checksum": _("The checksum is wrong: some letter of it has changed."),
        "length": _("The lengths inside do not fit."),
        "currency": _("It does not ask for đồng."),
        "service": _("It does not ask for a transfer to an account."),
        "bank": _("No bank here has this number."),
        "account": _("The account number cannot be one."),
        "amount": _("The amount is no whole number of đồng."),
    }
