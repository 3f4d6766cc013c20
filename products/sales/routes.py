"""A member's page of one pack's sale: plan it, see it, call it off."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from products.models import ProductRevision, Sku
from products.packs import pack_text
from products.reading import price_of
from products.routes import mine
from products.sales import queries, services
from products.sales.forms import SaleForm
from products.sales.lifecycle import SaleState
from products.sales.policies import is_deep
from products.stock.routes import sold_pack, to_change
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.days import today
from shop.core.db import writing
from shop.core.errors import DomainError, Invalid
from shop.core.formats import show_date, show_money
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _

bp = Blueprint("product_sales", __name__)


@bp.route("/my/products/<code>/sale", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def sale(code: str) -> Any:
    """Show the sale of a pack, or plan one."""
    sku, live = sold_pack(mine(code))
    form = SaleForm.of_request(data={"starts_on": today()})
    if not form.accepted():
        return _page(form, sku, live, 422 if request.method == "POST" else 200)
    try:
        price = price_of(form.price.data, form.price_meant.data or "")
    except DomainError as problem:
        form.refuse(Invalid("price", problem.sentence))
        return _page(form, sku, live, 422)
    if is_deep(price, sku.usual) and form.deep_ok.data != str(price):
        form.deep_ok.data = str(price)
        return _page(form, sku, live, 422, question=True)
    days = form.days
    try:
        with writing():
            made = services.plan(to_change(code), price, days, me())
            begun, first = made.state is SaleState.RUNNING, made.starts_on
    except DomainError as problem:
        form.refuse(problem)
        return _page(form, *sold_pack(mine(code)), problem.status)
    money = show_money(price)
    page.say(
        _("On sale now: buyers pay %(price)s.", price=money)
        if begun
        else _("Planned: %(price)s from %(day)s on.", price=money, day=show_date(first))
    )
    return redirect(url_for(".sale", code=code, sku=request.args.get("sku")))


@bp.post("/my/products/<code>/sale/cancellation")
@role_required(Role.MEMBER)
def cancellation(code: str) -> Any:
    """Call the sale off; a running one gives the usual price back at once. The second tap finds it off already."""
    sold_pack(mine(code))
    with writing():
        sku = to_change(code)
        found = queries.open_for(sku)
        if found is not None:
            services.cancel(found, me())
        price = sku.price
    page.say(_("The sale is off. Buyers pay %(price)s.", price=show_money(price)))
    return redirect(url_for(".sale", code=code, sku=request.args.get("sku")))


def _page(form: SaleForm, sku: Sku, live: ProductRevision, status: int, *, question: bool = False) -> Any:
    return render_template(
        "products/sales/sale.html",
        form=form,
        sku=sku,
        live=live,
        pack=pack_text(sku.pack_word, sku.pack_amount, current_language()),
        open_sale=queries.open_for(sku),
        past=queries.past(sku),
        today=today(),
        question=question,
    ), status
