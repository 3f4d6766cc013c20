"""The page of goods that ran out, on which one asks to be told; the product's page posts to it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from products.models import Product
from products.views import product_view
from products.waiting import queries as waiting
from products.waiting import services
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.core.codes import read_public_code
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import current_language
from shop.core.networks import network_of
from shop.storefront import queries
from shop.storefront.cards import product_path
from shop.storefront.waiting.forms import WaitForm

bp = Blueprint("storefront_waiting", __name__)
A_DAY, LETTERS, A_NETWORK = 86_400, 10, 100  # letters that one address, one network may cause in a day


@bp.route("/products/<code>/wait", methods=["GET", "POST"])
@public
def wait(code: str) -> Any:
    """Ask for an address, or take a signed-in person's tap; what was typed wrong stays in the field."""
    lang, standing = current_language(), queries.standing(read_public_code(code))
    if standing is None or not standing.public or standing.revision_id is None:
        abort(404)
    view = product_view(standing.revision_id, lang, public=True) or abort(404)
    person, form = maybe_me(), WaitForm.of_request()
    if request.method == "POST" and view.sold_out:
        try:
            if person is not None and not form.email.data:
                act = services.unask if request.form.get("do") == "end" else services.ask
                with writing():
                    act(db.session.get_one(Product, standing.product_id), person)
                return redirect(url_for(".wait", code=view.code))
            if form.accepted():
                _by_mail(standing.product_id, str(form.email.data), lang)
                return redirect(url_for(".wait", code=view.code, asked="mail"))
        except Invalid as problem:
            form.refuse(problem)
    address, asked = product_path(lang, view.slug, view.code), request.args.get("asked", "")
    shown = {"view": view, "form": form, "person": person, "address": address, "asked": asked}
    shown["waits"] = person is not None and waiting.is_waiting(standing.product_id, person.id)
    page = render_template("shop/storefront/waiting/wait.html", **shown)
    return (page, 422) if form.errors else page


def _by_mail(product_id: int, email: str, lang: str) -> None:
    """Keep it, within what one address and one network may ask in a day."""
    address, network = email.strip().lower(), network_of(request.remote_addr)
    throttle.count_each([(f"wait:{address}", LETTERS, A_DAY), (f"wait-net:{network}", A_NETWORK, A_DAY)])
    with writing():
        services.ask_by_mail(db.session.get_one(Product, product_id), address, lang)
