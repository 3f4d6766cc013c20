"""Ratings, what stood in them before, and how many of each there are."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from products.models import Product
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.orders.models import Order, OrderLine
from shop.places.models import Province
from shop.ratings.lifecycle import LIFECYCLE, RatingState

MOST_STARS = 5
MOST_WORDS = 1000  # characters


class Rating(Model):
    """What a buyer says of one kind of goods of one delivered order; its author is the buyer of the purchase."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("order_id", "product_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five_stars"),
        CheckConstraint("length(words) <= 1000", name="words_are_short"),
        CheckConstraint("(state = 'taken_back') = (taken_back_at IS NOT NULL)", name="taken_back_when"),
        CheckConstraint("state <> 'taken_back' OR (words = '' AND name = '')", name="taken_back_says_nothing"),
        Index("ix_ratings_product_id_state_id", "product_id", "state", "id"),
        Index("ix_ratings_cooperative_id_state_id", "cooperative_id", "state", "id"),
        Index("ix_ratings_line_id", "line_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"))  # the first line with these goods
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    stars: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str]  # of the words
    name: Mapped[str] = mapped_column(default="")  # a given name, '' for who wants none shown
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    state: Mapped[RatingState] = mapped_column(default=RatingState.SHOWN)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship()
    line: Mapped[OrderLine] = relationship()
    product: Mapped[Product] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    province: Mapped[Province] = relationship()

    def allows(self, action: str) -> bool:
        """Say whether the table of moves has `action` from here."""
        return LIFECYCLE.allows(self.state, action)


class FormerRating(Model):
    """What stood in a rating before its author changed it; its words go when the rating is taken back."""

    __tablename__ = "former_ratings"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five_stars"),
        Index("ix_former_ratings_rating_id", "rating_id"),
    )

    id: Mapped[BigKey]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    stars: Mapped[int]
    words: Mapped[str]
    until: Mapped[datetime] = mapped_column(default=clock.now)


class RatingTally(Model):
    """How many shown ratings of each number of stars one product has; changed by shop.ratings.tally alone."""

    __tablename__ = "rating_tallies"
    __table_args__ = (
        CheckConstraint(
            "stars_1 >= 0 AND stars_2 >= 0 AND stars_3 >= 0 AND stars_4 >= 0 AND stars_5 >= 0", name="never_below_none"
        ),
        Index("ix_rating_tallies_cooperative_id", "cooperative_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    stars_1: Mapped[int] = mapped_column(default=0)
    stars_2: Mapped[int] = mapped_column(default=0)
    stars_3: Mapped[int] = mapped_column(default=0)
    stars_4: Mapped[int] = mapped_column(default=0)
    stars_5: Mapped[int] = mapped_column(default=0)
