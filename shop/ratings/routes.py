"""The buyer's page of a rating: written from the page of the purchase, changed for two weeks, taken back any time."""

from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.photos.names import photo_view
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.networks import network_of
from shop.orders import links
from shop.orders.models import Order, OrderLine, Purchase
from shop.ratings import policies, queries, services
from shop.ratings.answers.queries import answers_to
from shop.ratings.forms import RatingForm
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.photos import queries as photos
from shop.ratings.photos.models import MOST_PHOTOS
from shop.ratings.reports.queries import why_hidden
from shop.ratings.words import who

bp = Blueprint("ratings", __name__)

Answer = Response | str | tuple[str, int]
AN_HOUR, WRITES_AN_HOUR = 3600, 60


class Bought(NamedTuple):
    """One kind of goods of an order, with its rating if there is one."""

    purchase: Purchase
    order: Order
    line: OrderLine
    rating: Rating | None


@bp.route("/purchases/<token>/orders/<code>/ratings/<product>", methods=["GET", "POST"])
@public
def rating(token: str, code: str, product: str) -> Answer:
    """Show the rating, or the form where there is none yet or it is changed; a post keeps it."""
    it = bought(token, code, product)
    form = RatingForm.of(it.line, it.rating)
    if form.accepted():
        throttle.count(f"rating:{network_of(request.remote_addr)}", WRITES_AN_HOUR, AN_HOUR)
        try:
            return _keep(token, code, product, form)
        except DomainError as problem:
            form.refuse(problem)
            return _form(bought(token, code, product), form), problem.status
    if form.errors:
        return _form(it, form), 422
    why = services.refusal(it.line) if it.rating is None else ""
    if why:
        page.say(why, "warn")
        return redirect(url_for("tracking.show", token=token))
    if it.rating is None or ("change" in request.args and _changeable(it.rating)):
        return _form(it, form)
    return shown(it)


def shown(it: Bought, error: str = "") -> str:
    """Draw the page of a rating that is there; `error` stands at its photos."""
    if it.rating is None:
        raise LookupError(it.order.code)
    return render_template(
        "shop/ratings/rating.html",
        photos=photos.standing(it.rating),
        photo_view=photo_view,
        most=MOST_PHOTOS,
        error=error,
        **it._asdict(),
        changeable=_changeable(it.rating),
        hidden=it.rating.state is RatingState.HIDDEN,
        why_hidden=why_hidden(it.rating) if it.rating.state is RatingState.HIDDEN else "",
        answer=answers_to([it.rating.id]).get(it.rating.id),
        gone=it.rating.state is RatingState.TAKEN_BACK,
        who=who(it.rating.name, it.rating.province.short_name),
    )


@bp.route("/purchases/<token>/orders/<code>/ratings/<product>/withdrawal", methods=["GET", "POST"])
@public
def withdrawal(token: str, code: str, product: str) -> Answer:
    """Ask once more, then take the rating back."""
    it = bought(token, code, product)
    if it.rating is None:
        abort(404)
    if request.method == "POST":
        with writing():
            services.take_back(bought(token, code, product).rating or abort(404), maybe_me())
        page.say(_("Your rating is taken back."))
        return redirect(url_for("tracking.show", token=token))
    if not it.rating.allows("take_back"):
        return redirect(url_for(".rating", token=token, code=code, product=product))
    return render_template("shop/ratings/withdrawal.html", **it._asdict())


def bought(token: str, code: str, product: str) -> Bought:
    """Return the goods that a link, an order's code and a product's code name; 404 where they name none."""
    purchase = links.followed(token, maybe_me()) or abort(404)
    order = next((one for one in purchase.orders if one.code == code), None) or abort(404)
    line = queries.line_of(order, product) or abort(404)
    return Bought(purchase, order, line, db.session.scalar(queries.of_line(line)))


def _keep(token: str, code: str, product: str, form: RatingForm) -> Response:
    with writing():
        it = bought(token, code, product)
        if it.rating is not None and "change" in request.args:
            services.change(it.rating, form.told(), maybe_me())
        else:
            services.rate(it.line, form.told(), maybe_me())
    page.say(_("Thank you. Everybody can read it now."))
    return redirect(url_for(".rating", token=token, code=code, product=product))


def _form(it: Bought, form: RatingForm) -> str:
    return render_template("shop/ratings/form.html", **it._asdict(), form=form)


def _changeable(rating: Rating) -> bool:
    return rating.allows("change") and policies.may_change(rating.written_at)
