"""`flask verify` finds each way in which ratings do not fit: one is spoiled at a time."""

import pytest
from sqlalchemy import update

from products.models import Product, Sku
from shop.core.db import db, writing
from shop.orders.models import Order
from shop.ratings.models import Rating, RatingTally
from tests.shop.ratings.bought import delivered, hide, rated, violations


@pytest.fixture
def pair(cast):
    """A rating of tea and one of honey."""
    return rated(cast).id, rated(cast, goods="honey").id


def spoil(statement):
    with writing():
        db.session.execute(statement)
    db.session.expire_all()


def test_nothing_is_wrong_at_first(cast, pair):
    assert violations() == []


def test_of_goods_that_did_not_come(cast, pair):
    rating = db.session.get_one(Rating, pair[0])
    code = rating.code
    spoil(update(Order).where(Order.id == rating.order_id).values(state="handed_over"))
    assert violations() == [f"rating {code}: not of goods of a delivered order of this seller"]


@pytest.mark.parametrize(
    "what", ["order of the line", "goods of the line", "seller of the order", "seller of the goods"]
)
def test_what_belongs_to_another(cast, pair, what):
    tea, honey = (db.session.get_one(Rating, key) for key in pair)
    code, sku, other = tea.code, tea.line.sku_id, honey.cooperative_id
    spoil(
        {
            "order of the line": update(Rating).where(Rating.id == tea.id).values(order_id=delivered(cast).id),
            "goods of the line": update(Sku).where(Sku.id == sku).values(product_id=honey.product_id),
            "seller of the order": update(Order).where(Order.id == tea.order_id).values(cooperative_id=other),
            "seller of the goods": update(Product).where(Product.id == tea.product_id).values(cooperative_id=other),
        }[what]
    )
    assert violations() == [f"rating {code}: not of goods of a delivered order of this seller"]


@pytest.mark.parametrize(
    "statement",
    [
        update(RatingTally).values(stars_5=RatingTally.stars_5 + 1),
        update(RatingTally).values(stars_5=0),
        update(Rating).values(stars=4),
    ],
    ids=["one too many", "forgotten", "as another number"],
)
def test_a_wrong_count(cast, pair, statement):
    spoil(statement)
    assert len(violations()) == 2


def test_a_count_without_ratings_and_ratings_without_a_count(cast, pair):
    tea = db.session.get_one(Rating, pair[0]).product_id
    spoil(db.delete(RatingTally).where(RatingTally.product_id == tea))
    assert [problem.split(":")[0] for problem in violations()] == [f"product {tea}"]
    with writing():
        db.session.add(RatingTally(product_id=tea, cooperative_id=cast.ids["cooperative"], stars_5=1))
    assert violations() == []
    spoil(db.delete(Rating).where(Rating.id == pair[0]))
    assert [problem.split(":")[0] for problem in violations()] == [f"product {tea}"]


@pytest.mark.parametrize("state", ["hidden", "shown"])
def test_hidden_by_nobody_or_shown_by_nobody(cast, pair, state):
    hide(cast, pair[0])
    assert violations() == []
    which = pair[0] if state == "shown" else pair[1]
    spoil(update(Rating).where(Rating.id == which).values(state=state))
    assert any("decided last" in problem for problem in violations())
