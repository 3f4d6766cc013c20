"""What the pages of a product and of a seller show of their ratings: the count and the newest few."""

from typing import Any

from flask import url_for

from shop.ratings import shown
from shop.ratings.words import who
from shop.storefront.queries import Standing
from shop.storefront.sellers import Producer

NEWEST = 3


def of_product(standing: Standing, code: str) -> dict[str, Any]:
    """Return the values of the section: the count came with the product's standing, the words cost one query."""
    stars = standing.stars
    return {
        "stars": stars,
        "rated": shown.of_product(standing.product_id, NEWEST) if stars.total else [],
        "who": who,
        "all_ratings": url_for("storefront_ratings.of_product", code=code),
    }


def of_seller(seller: Producer) -> dict[str, Any]:
    """Return the same of all goods of a seller, each rating with the name of its goods."""
    return {
        "stars": seller.stars,
        "rated": shown.of_seller(seller.id, NEWEST) if seller.stars.total else [],
        "who": who,
        "goods": True,
        "all_ratings": url_for("storefront_ratings.of_producer", code=seller.code),
    }
