"""The grid: a table of price, number and shelf, with one button."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for

from cooperatives import queries as cooperative_queries
from products.grid import queries, services
from products.grid.edits import MOST_ROWS, Edit, edits, shown
from products.lifecycle import Shelf
from products.models import Sku
from products.packs import pack_text
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import current_language, ngettext
from shop.core.paging import Page, page_number

bp = Blueprint("product_grid", __name__)


class Row(NamedTuple):
    """One pack in the table, and what came back of it when it could not be saved."""

    sku: Sku
    name: str
    first: bool  # of its product: the shelf is the product's, so only this row has the box
    edit: Edit | None

    @property
    def pack(self) -> str:
        """What is sold, in words."""
        return pack_text(self.sku.pack_word, self.sku.pack_amount, current_language())

    @property
    def on_sale(self) -> bool:
        """True while buyers see it."""
        return self.sku.product.shelf is Shelf.ON_SALE

    @property
    def was(self) -> str:
        """What the row shows, for the hidden field."""
        return shown(self.sku.price, self.sku.on_hand, self.on_sale)


@bp.route("/my/products/grid", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def grid() -> Any:
    """Show up to 300 packs with price, number and shelf; a post saves the cells that changed."""
    if request.method == "GET":
        return _page([])
    changed = list(edits(request.form))
    with writing():
        saved = services.save(changed, me())
    if saved.again:
        return _page(saved.again, _saved_sentence(saved), 422)
    page.say(_saved_sentence(saved))
    return redirect(url_for(".grid", **_place()))


def _saved_sentence(saved: services.Saved) -> str:
    said = ngettext("%(num)s change saved.", "%(num)s changes saved.", saved.cells - saved.sent)
    if saved.sent:
        said += " " + ngettext(
            "%(num)s price goes to an officer first.", "%(num)s prices go to an officer first.", saved.sent
        )
    return said


def _place() -> dict[str, Any]:
    """The page and the cooperative of the address, without what is usual."""
    number = page_number(request.args)
    place = {"for": request.args.get("for"), "page": number if number > 1 else None}
    return {name: value for name, value in place.items() if value}


def _page(again: list[Edit], said: str = "", status: int = 200) -> Any:
    cooperatives = list(db.session.scalars(cooperative_queries.of_person(me())))
    chosen = request.args.get("for")
    one = next((each for each in cooperatives if each.code == chosen), None)
    if chosen and one is None:
        abort(404)
    found = Page.of(db.session(), queries.packs_of(me(), one.id if one else None), page_number(request.args), MOST_ROWS)
    wrong, rows, before = {edit.code: edit for edit in again}, [], 0
    for sku, name in found.items:
        rows.append(Row(sku, name, sku.product_id != before, wrong.pop(sku.code, None)))
        before = sku.product_id
    return render_template(
        "products/grid/grid.html",
        rows=rows,
        page=found,
        page_url=lambda number: url_for(".grid", **_place() | {"page": number}),
        here=url_for(".grid", **_place()),
        cooperatives=cooperatives,
        chosen=one,
        said=said,
        gone=len(wrong),
        again=len(again),
    ), status
