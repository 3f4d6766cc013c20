"""One tap on the season: in season, over, or by the months."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from products import queries
from products.lifecycle import SeasonWord, Shelf
from products.routes import mine
from products.season import next_season, this_month
from products.seasons.services import say
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import gettext as _
from shop.core.paging import page_number

bp = Blueprint("product_seasons", __name__)


@bp.post("/my/products/<code>/season")
@role_required(Role.MEMBER)
def season(code: str) -> Response:
    """Keep the seller's word on the season."""
    mine(code)
    asked = request.form.get("season", "")
    if asked not in set(SeasonWord):
        abort(404)
    word = SeasonWord(asked)
    with writing():
        product = db.session.execute(queries.one_for(me(), code)).scalar_one()
        say(product, word, me())
        mask = product.approved.season_months if product.approved else 0
        tab = "paused" if product.shelf is Shelf.PAUSED else "on_sale"
    page.say(_sentence(word, next_season(mask, this_month())))
    number = page_number(request.form)
    return redirect(url_for("products.index", tab=tab, page=number if number > 1 else None, _anchor=f"goods-{code}"))


def _sentence(word: SeasonWord, coming: str) -> str:
    if word is SeasonWord.ON:
        return _("In season now. Buyers see it.")
    if word is SeasonWord.BY_MONTH:
        return _("The season follows the months you chose.")
    if coming:
        return _("Season over. Buyers read that it begins again in %(month)s.", month=coming)
    return _("Season over. Buyers still see it, but cannot order.")
