"""The link at the foot of a letter that asks for a rating: no more of them, without a sign-in."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core.db import writing
from shop.core.forgery import signed_webhook
from shop.core.i18n import use_language
from shop.notices.mail.unsubscribing import code_of
from shop.orders.models import Order
from shop.ratings.invitations import queries, services

bp = Blueprint("rating_invitations", __name__)


@bp.get("/ratings/questions/<token>")
@public
def silence(token: str) -> str | Response:
    """Ask once: some programs open every link of a letter, so a look alone ends nothing."""
    return _page(_order(token), token, done=False)


@bp.post("/ratings/questions/<token>")
@signed_webhook
def silenced(token: str) -> str | Response:
    """End such letters, from our page or the mail program (RFC 8058): no sign-in, no redirect."""
    order = _order(token)
    with writing():
        services.silence(order)
    return _page(_order(token), token, done=True)


def _page(order: Order, token: str, *, done: bool) -> str:
    with use_language(order.purchase.language):
        return render_template("shop/ratings/invitations/silence.html", token=token, done=done)


def _order(token: str) -> Order:
    code = code_of(token)
    return (queries.by_code(code) if code else None) or abort(404)
