"""Quick changes of what is live: the price, the number on hand, the line below which few are left."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products import queries
from products.lifecycle import Shelf
from products.models import Product, ProductRevision, Sku
from products.packs import pack_text
from products.prices.queries import ranges
from products.prices.services import Outcome, change
from products.prices.words import outcome_sentence
from products.reading import price_of
from products.routes import mine
from products.stock import services
from products.stock.forms import CountForm, LowLineForm, PriceForm, expected
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid, NotFound
from shop.core.formats import show_number
from shop.core.forms import Form
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.paging import page_number
from shop.core.quantity import parse_count

bp = Blueprint("product_stock", __name__)
PAGES = {
    "price": "products/stock/price.html",
    "stock": "products/stock/stock.html",
    "low_line": "products/stock/low_line.html",
}


def sold_pack(product: Product) -> tuple[Sku, ProductRevision]:
    """Return the pack that is meant by `?sku=` (default: the first) and what is live; NotFound while nothing is."""
    wanted = request.args.get("sku")
    sold = [sku for sku in product.skus if sku.retired_at is None and wanted in {None, sku.code}]
    if not sold or product.approved is None:
        raise NotFound
    return sold[0], product.approved


def to_change(code: str) -> Sku:
    """Return the pack that is meant, read afresh inside writing()."""
    return sold_pack(db.session.execute(queries.one_for(me(), code)).scalar_one())[0]


@bp.route("/my/products/<code>/price", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def price(code: str) -> Any:
    """Change the price of a live product; the number the person saw must still be true."""
    sku, live = sold_pack(mine(code))
    form = PriceForm.of_request() if request.method == "POST" else PriceForm(data={"expected": str(sku.price)})
    if not form.accepted():
        return _page("price", form, sku, live, 422 if request.method == "POST" else 200)
    try:
        wanted = price_of(form.price.data, form.price_meant.data or "")
    except DomainError as problem:
        form.refuse(Invalid("price", problem.sentence))
        return _page("price", form, sku, live, 422)
    question = ranges([sku])[sku.id].side(wanted)
    if question and form.price_ok.data != str(wanted) and not sku.position:
        form.price_ok.data = str(wanted)
        return _page("price", form, sku, live, 422, question=question)
    seen = expected(form.expected.data, sku.price)
    try:
        with writing():
            outcome = change(to_change(code), wanted, seen, me())
    except (Conflict, Invalid) as problem:
        return _overtaken("price", code, form, problem)
    page.say(outcome_sentence(outcome, wanted), "ok" if outcome is Outcome.SET else "info")
    if outcome is Outcome.IN_DRAFT:
        return redirect(url_for("products.edit", code=code))
    return _to_the_list(code)


@bp.route("/my/products/<code>/stock", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def stock(code: str) -> Any:
    """Set how many packs there are, or that none is left to sell; the number the person saw must still be true."""
    sku, live = sold_pack(mine(code))
    form = CountForm.of_request() if request.method == "POST" else CountForm(data={"expected": str(sku.on_hand)})
    none_left = request.form.get("level") == "out"
    counted = 0
    if not none_left:
        if not form.accepted():
            return _page("stock", form, sku, live, 422 if request.method == "POST" else 200)
        try:
            counted = parse_count(form.on_hand.data)
        except DomainError as problem:
            form.refuse(Invalid("on_hand", problem.sentence))
            return _page("stock", form, sku, live, 422)
    seen = expected(form.expected.data, sku.on_hand)
    try:
        with writing():
            sku = to_change(code)
            if none_left:
                services.leave_none(sku, seen, me())
            else:
                services.count(sku, counted, seen, me())
            now, promised = sku.on_hand, sku.held
    except Conflict as problem:
        return _overtaken("stock", code, form, problem)
    page.say(_count_sentence(now, promised))
    return _to_the_list(code)


@bp.route("/my/products/<code>/low-line", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def low_line(code: str) -> Any:
    """Say from how few packs on the goods run out."""
    sku, live = sold_pack(mine(code))
    form = LowLineForm.of_request() if request.method == "POST" else LowLineForm(data={"low_at": str(sku.low_at)})
    if not form.accepted():
        return _page("low_line", form, sku, live, 422 if request.method == "POST" else 200)
    try:
        packs = parse_count(form.low_at.data)
    except DomainError as problem:
        form.refuse(Invalid("low_at", problem.sentence))
        return _page("low_line", form, sku, live, 422)
    with writing():
        services.set_low_line(to_change(code), packs, me())
    page.say(_("Shown as running low from %(number)s packs on.", number=show_number(packs)))
    return _to_the_list(code)


def _count_sentence(on_hand: int, held: int) -> str:
    if held:
        number, promised = show_number(on_hand), show_number(held)
        return _("There are now %(number)s, of them %(promised)s promised.", number=number, promised=promised)
    return _("There are now %(number)s.", number=show_number(on_hand))


def _to_the_list(code: str) -> Response:
    """Go back to the row that was tapped, on the page of the list where it stood."""
    tab = "paused" if mine(code).shelf is Shelf.PAUSED else "on_sale"
    number = page_number(request.form)
    return redirect(url_for("products.index", tab=tab, page=number if number > 1 else None, _anchor=f"goods-{code}"))


def _overtaken(name: str, code: str, form: Form, problem: DomainError) -> Any:
    """Explain what came between; what was typed stays, and the next try starts from the present number."""
    sku, live = sold_pack(mine(code))
    form["expected"].data = str(sku.price if name == "price" else sku.on_hand)
    form.refuse(problem)
    return _page(name, form, sku, live, problem.status)


def _page(name: str, form: Form, sku: Sku, live: ProductRevision, status: int, *, question: str = "") -> Any:
    pack = pack_text(sku.pack_word, sku.pack_amount, current_language())
    return render_template(PAGES[name], form=form, sku=sku, live=live, pack=pack, question=question), status
