"""A member says that a crop failed, sees which orders it touches, and looks after each."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products import queries as products
from products.models import Product
from products.routes import mine
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number
from shop.desk.crop import queries, services
from shop.desk.orders.routes import first_name, line_words
from shop.orders.changes.queries import lines_kept

bp = Blueprint("desk_crop", __name__)
PER_PAGE = 24


@bp.route("/my/products/<code>/crop-failure", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def failure(code: str) -> Any:
    """Say what will happen and whom it touches; a post takes the goods off the shelf and shows the same list."""
    product = mine(code)
    if request.method == "GET":
        return _page(product)
    try:
        with writing():
            services.fail(_again(code), me())
    except Conflict as problem:
        return _page(mine(code), problem), problem.status
    page.say(_("Stopped. Nobody can order these goods now."))
    return _back(code)


@bp.post("/my/products/<code>/crop-failure/<order>/cancellation")
@role_required(Role.MEMBER)
def give_up(code: str, order: str) -> Any:
    """Cancel one of the orders for it; the existing service gives money and other goods back."""
    db.one_or_404(queries.one_touched(me(), mine(code), order))
    try:
        with writing():
            product = _again(code)
            services.give_up(db.session.execute(queries.one_touched(me(), product, order)).scalar_one(), product, me())
    except Conflict as problem:
        return _page(mine(code), problem), problem.status
    page.say(_("Order %(code)s is cancelled. The buyer knows why.", code=shown(order)))
    return _back(code)


def _back(code: str) -> Response:
    return redirect(url_for("desk_crop.failure", code=code))


def _again(code: str) -> Product:
    """Return the product as it is inside the transaction."""
    found: Product = db.session.execute(products.one_for(me(), code)).scalar_one()
    return found


def _page(product: Product, problem: Conflict | None = None) -> str:
    number = page_number(request.args)
    found = Page.of(db.session(), queries.touched(me(), product), number, PER_PAGE)
    kept = lines_kept(found.items)
    named = product.approved or products.last_revision(product)

    def page_url(number: int) -> str:
        return url_for(".failure", code=product.code, page=number)

    return render_template(
        "shop/desk/crop/failure.html",
        product=product,
        name=named.name if named else "",
        failed=services.has_failed(product),
        page=found,
        page_url=page_url,
        problem=problem,
        mine_only=lambda order: [
            line_words(one.line, one.packs)
            for one in kept[order.id]
            if one.packs and one.line.product_code == product.code
        ],
        first_name=first_name,
        shown=shown,
    )
