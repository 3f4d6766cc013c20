"""The doors of ratings: the buyer's by the link of the purchase, the seller's answer, reports and what is decided."""

from typing import Any

from shop.core.db import db, writing
from shop.notices.mail.unsubscribing import ASKING, address_of
from shop.ratings.models import Rating
from shop.ratings.reports import services
from shop.ratings.reports.models import Why
from tests.architecture import things
from tests.architecture.doors import ADMIN, ALL, OFFICER, OFFICERS, OURS, PROVIDER, SELLERS, Door
from tests.architecture.things import Address
from tests.cast import Cast
from tests.shop.ratings.bought import delivered, rated


def own_rating(cast: Cast, _storage: Any) -> Address:
    """A rating of tea, by the link of its purchase."""
    rating = rated(cast)
    token, order = rating.order.purchase.token, rating.order.code
    return {"token": token, "code": order, "product": rating.line.product_code}


def answered_rating(cast: Cast, _storage: Any) -> Address:
    """A rating of the member's goods."""
    return {"code": rated(cast).code}


def reported_rating(cast: Cast, _storage: Any) -> Address:
    """A rating of the member's goods that somebody reported."""
    rating = rated(cast)
    code, key = rating.code, rating.id
    with writing():
        services.report(db.session.get_one(Rating, key), Why.OTHER, "")
    return {"code": code}


def asked_about(cast: Cast, _storage: Any) -> Address:
    """The link at the foot of a letter that asks how an order was."""
    return {"token": address_of(f"{ASKING}{delivered(cast).code}").rpartition("/")[2]}


RATINGS: dict[str, Door] = {
    "ratings.rating": Door(ALL, own_rating),  # the link is the key
    "ratings.withdrawal": Door(ALL, own_rating),
    "rating_photos.add": Door(ALL, own_rating),
    "rating_photos.removal": Door(ALL, own_rating),
    "rating_answers.index": Door(SELLERS),
    "rating_answers.answer": Door(OURS, answered_rating),
    "rating_reports.report": Door(ALL, answered_rating),
    "rating_invitations.silence": Door(ALL, asked_about),
    "rating_invitations.silenced": Door(PROVIDER, asked_about),  # the letter's reader, or the mail program
    "rating_reports.index": Door(OFFICERS | ADMIN),
    "rating_reports.decision": Door(OFFICER | ADMIN, reported_rating),
    "storefront_ratings.of_product": Door(ALL, things.goods),
    "storefront_ratings.of_producer": Door(ALL, things.cooperative),
}
