"""Pages that explain the market; the same for everybody."""

from flask import Blueprint
from werkzeug.wrappers import Response

from products.search.queries import MOST
from shop.accounts.access import public
from shop.cart.services import LIFE_DAYS
from shop.core.present import settings
from shop.places.queries import province
from shop.storefront.pages import public_page

bp = Blueprint("storefront_about", __name__)


@bp.get("/about")
@public
def about() -> Response:
    here = province(settings().home_province)
    return public_page("shop/storefront/about/about.html", province=here.short_name if here else "", most=MOST)


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
