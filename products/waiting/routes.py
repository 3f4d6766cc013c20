"""The link in the letters: yes, tell me; or no more of them. Without a sign-in."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from products.models import Product
from products.queries import words
from products.waiting import queries, services
from products.waiting.models import StockWait
from shop.accounts.access import public
from shop.core.db import db, writing
from shop.core.forgery import signed_webhook
from shop.core.i18n import use_language
from shop.notices.mail.unsubscribing import code_of

bp = Blueprint("product_waiting", __name__)


@bp.get("/waits/<token>")
@public
def show(token: str) -> str | Response:
    """Ask once: some programs open every link of a letter, so a look alone says neither yes nor no."""
    return _page(_wait(token), token, "")


@bp.post("/waits/<token>/yes")
@public
def yes(token: str) -> str | Response:
    """Take the yes of who reads the mailbox."""
    wait = _wait(token)
    with writing():
        services.confirm(wait)
    return _page(_wait(token), token, "yes")


@bp.post("/waits/<token>")
@signed_webhook
def end(token: str) -> str | Response:
    """End all letters of this sort to the address, from our page or the mail program (RFC 8058)."""
    wait = _wait(token)
    shown = _page(wait, token, "ended")
    with writing():
        services.end(wait)
    return shown


def _page(wait: StockWait, token: str, done: str) -> str:
    with use_language(wait.language):
        product = db.session.get_one(Product, wait.product_id)
        said = words(product.approved_revision_id or 0, wait.language)
        name = said.name if said else ""
        return render_template("products/waiting/show.html", wait=wait, name=name, token=token, done=done)


def _wait(token: str) -> StockWait:
    code = code_of(token)
    return (queries.by_code(code) if code else None) or abort(404)
