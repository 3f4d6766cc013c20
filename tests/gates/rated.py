"""The pages of ratings that the gates look at."""

from tests.cast import Cast
from tests.shop.ratings.bought import for_the_gates

PAGES = {  # name: whose eyes, address
    "rate": ("visitor", "{to_rate}"),
    "own-rating": ("visitor", "{page}"),
    "rating-withdrawal": ("visitor", "{page}/withdrawal"),
    "ratings": ("visitor", "/products/{goods}/ratings"),
    "rating-report": ("visitor", "/ratings/{code}/report"),
    "my-ratings": ("member", "/my/ratings"),
    "rating-answer": ("member", "/my/ratings/{code}"),
    "reported-ratings": ("officer", "/review/ratings"),
    "reported-rating": ("officer", "/review/ratings/{code}"),
}


def rated_pages(cast: Cast) -> list[tuple[str, str, str]]:
    """(name, whose eyes, address) of the pages of a rating that somebody reported."""
    page, to_rate, code = for_the_gates(cast)
    names = {"page": page, "to_rate": to_rate, "code": code, "goods": cast.product().code}
    return [(name, who, path.format(**names)) for name, (who, path) in PAGES.items()]
