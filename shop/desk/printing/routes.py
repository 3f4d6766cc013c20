"""Sheets for a printer: the picking list of a day, and labels for parcels."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from products.packs import pack_text
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core.codes import shown
from shop.core.days import end_of, today
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l
from shop.core.qr import square
from shop.desk.orders.routes import line_words, mine, refusal
from shop.desk.printing import queries
from shop.desk.printing.queries import Pile
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState as S

bp = Blueprint("desk_printing", __name__)
UNTIL = {"today": _l("Today"), "tomorrow": _l("Until tomorrow"), "all": _l("All that is accepted")}
LABELLED = (S.ACCEPTED, S.PACKED, S.HANDED_OVER)


@bp.get("/my/orders/picking")
@role_required(Role.MEMBER)
def picking() -> str:
    """Show what to take from the shelf for the orders due by a day: sums first, then order by order."""
    name = _until()
    sheet = queries.to_pick(me(), _moment(name))
    return render_template(
        "shop/desk/printing/picking.html",
        sheet=sheet,
        piles=queries.piles(sheet.orders),
        pile_words=_pile_words,
        now=lines_now(sheet.orders),
        line_words=line_words,
        until=name,
        choices=UNTIL,
        shown=shown,
    )


@bp.get("/my/orders/labels")
@role_required(Role.MEMBER)
def labels() -> str:
    """Show the labels of all parcels due by a day, one to a sheet of A6."""
    name = _until()
    sheet = queries.to_label(me(), _moment(name))
    values = {"sheet": sheet, "until": name, "choices": UNTIL, "shown": shown, "square": square}
    return render_template("shop/desk/printing/labels.html", **values)


@bp.get("/my/orders/<code>/label")
@role_required(Role.MEMBER)
def label(code: str) -> str | tuple[str, int] | Response:
    """Show the label of one parcel; before the seller has accepted nobody's address is on it."""
    order = mine(me(), code)
    if order.state not in LABELLED:
        return refusal(order, _l("There is a label from accepting until the parcel arrives."))
    if order.to_weigh:
        return refusal(order, _l("Weigh it first: the label says what to collect."))
    return render_template("shop/desk/printing/label.html", order=order, shown=shown, square=square)


@bp.get("/my/orders/<code>/gift-card")
@role_required(Role.MEMBER)
def gift_card(code: str) -> str | tuple[str, int] | Response:
    """Show the card that goes into the parcel of a gift: for whom, the giver's words, no price."""
    order = mine(me(), code)
    if order.purchase.gift is None:
        abort(404)
    if order.state not in LABELLED:
        return refusal(order, _l("There is a card from accepting until the parcel arrives."))
    return render_template("shop/desk/printing/gift_card.html", order=order, shown=shown)


def _until() -> str:
    name = request.args.get("until", "today")
    return name if name in UNTIL else "today"


def _moment(name: str) -> datetime | None:
    """Return the end of the day that is meant, what is late included; None for all."""
    if name == "all":
        return None
    return end_of(today() + timedelta(days=1 if name == "tomorrow" else 0))


def _pile_words(pile: Pile) -> str:
    return f"{pile.name}, {pack_text(pile.pack_word, pile.pack_amount, current_language())}"
