"""Pages that explain the market; the same for everybody."""

from flask import Blueprint
from werkzeug.wrappers import Response

from products.search.criteria import WHOLE, Criterion
from products.search.queries import MOST
from shop.accounts.access import public
from shop.cart.services import LIFE_DAYS
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.places.queries import province
from shop.related.together import LEAST
from shop.storefront.pages import public_page

bp = Blueprint("storefront_about", __name__)

# What each criterion is called on the page; a test holds that none is missing.
WORDS = {
    Criterion.NAMED: _l("How many of your words stand in the name of the goods; words that mean the same count too."),
    Criterion.MARKS: _l("Whether the words have the very marks that you typed."),
    Criterion.BEGINS: _l("Whether the name begins with what you typed."),
    Criterion.SHELF: _l("Whether they are of the kind of goods that you named."),
    Criterion.PACK: _l("Whether there is a pack of the size that you typed."),
    Criterion.STOCK: _l("Whether there is some left: what is sold out comes later."),
    Criterion.SEASON: _l("Whether it is their season: what has another season comes later."),
    Criterion.NEAR: _l("How rare your words are that were found, and how often they stand there."),
    Criterion.NEWEST: _l("Which an officer approved last."),
}

# What goods beside others are compared by, as shop.related.similar.nearness does; a test tries each.
NEARNESS = (
    _l("Whether they are the very same sort of goods, such as Shan tea."),
    _l("How many words of their names are the same."),
    _l("Whether they are in season in the same months."),
    _l("Whether their sellers are of the same commune."),
    _l("Which an officer approved last."),
)


@bp.get("/about")
@public
def about() -> Response:
    here = province(settings().home_province)
    return public_page("shop/storefront/about/about.html", province=here.short_name if here else "")


@bp.get("/how-to-buy")
@public
def how_to_buy() -> Response:
    return public_page(
        "shop/storefront/about/how_to_buy.html",
        takes_cards=bool(settings().stripe_secret_key),
        cod_most=settings().cod_most,
    )


@bp.get("/how-to-sell")
@public
def how_to_sell() -> Response:
    here = province(settings().home_province)
    return public_page("shop/storefront/about/how_to_sell.html", province=here.short_name if here else "")


@bp.get("/privacy")
@public
def privacy() -> Response:
    return public_page("shop/storefront/about/privacy.html", cart_days=LIFE_DAYS)


@bp.get("/ranking")
@public
def ranking() -> Response:
    """Say by what goods are put in order (Law 122/2025/QH15, article 11), from the very list the search goes by."""
    words = [WORDS[one] for one in WHOLE]
    return public_page(
        "shop/storefront/about/ranking.html",
        criteria=words,
        near=WORDS[Criterion.NEAR],
        most=MOST,
        least=LEAST,
        nearness=NEARNESS,
    )
