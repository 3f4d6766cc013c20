"""Ratings as pages of the public show them: rows, and what a count of stars comes to."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select

from cooperatives.photos.names import PublicView, photo_view
from shop.core.db import db
from shop.orders.models import OrderLine
from shop.places.models import Province
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating, RatingTally
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.queries import drawn

ENOUGH = 3  # with fewer ratings no average is shown: one voice is no average
STARS = (1, 2, 3, 4, 5)
NAMES = tuple(f"stars_{number}" for number in STARS)
TALLIED = tuple(getattr(RatingTally, name) for name in NAMES)


class Stars(NamedTuple):
    """How many shown ratings there are of 1, 2, 3, 4 and 5 stars."""

    ones: int = 0
    twos: int = 0
    threes: int = 0
    fours: int = 0
    fives: int = 0

    @property
    def total(self) -> int:
        """How many ratings there are."""
        return sum(self)

    @property
    def enough(self) -> bool:
        """Say whether there are enough for an average."""
        return self.total >= ENOUGH

    @property
    def tenths(self) -> int:
        """The average in tenths of a star, rounded half up: 43 is 4.3; only where there are enough."""
        if not self.enough:
            raise ValueError("too few ratings for an average")
        sum_of_stars = sum(stars * number for stars, number in zip(STARS, self, strict=True))
        return (20 * sum_of_stars + self.total) // (2 * self.total)

    @property
    def rows(self) -> list[tuple[int, int]]:
        """(stars, how many), the best first."""
        return list(zip(reversed(STARS), reversed(self), strict=True))


class Shown(NamedTuple):
    """One rating as everybody reads it; `name` is '' where the buyer wants none shown."""

    code: str
    stars: int
    words: str
    language: str
    name: str
    province: str
    goods: str
    written_at: datetime
    changed_at: datetime | None
    answer: str | None  # the seller's
    answered_at: datetime | None
    photos: tuple[PublicView, ...] = ()


def of_product(product_id: int, limit: int, offset: int = 0) -> list[Shown]:
    """Return one page of the ratings of a product, the newest first; one query."""
    return _rows("product_id", product_id, limit, offset)


def of_seller(cooperative_id: int, limit: int, offset: int = 0) -> list[Shown]:
    """Return one page of the ratings of all goods of a seller, the newest first; one query."""
    return _rows("cooperative_id", cooperative_id, limit, offset)


def stars_in(row: Any) -> Stars:
    """Return the count that the columns stars_1 to stars_5 of a row tell; an empty column is none."""
    return Stars(*(int(getattr(row, name) or 0) for name in NAMES))


def sums_of(cooperative_id: Any) -> list[Any]:
    """Return columns stars_1 to stars_5 with the counts of all goods of the seller whose id stands in a column."""
    theirs = RatingTally.cooperative_id == cooperative_id
    chosen = [select(func.sum(one)).where(theirs) for one in TALLIED]
    return [
        one.correlate(cooperative_id.table).scalar_subquery().label(name)
        for one, name in zip(chosen, NAMES, strict=True)
    ]


def _rows(owner: str, key: int, limit: int, offset: int) -> list[Shown]:
    found: dict[str, Shown] = {}
    for row in db.session.execute(_newest(owner), {"key": key, "limit": limit, "offset": offset}):
        one = found.setdefault(row.code, Shown(*row[: len(row) - len(_PHOTO)]))
        if row.photo is not None:
            photos = (*one.photos, photo_view(row.photo, row.width, row.height))
            found[row.code] = one._replace(photos=photos)
    return list(found.values())


_PHOTO: tuple[Any, ...] = (RatingPhoto.key.label("photo"), RatingPhoto.width, RatingPhoto.height)


@cache
def _newest(owner: str) -> Select[Any]:
    """Select Shown rows, one for each photo: `key` of the owner (a column of Rating), `limit`, `offset`.

    The page of ratings comes first, limited and by an index; its photos are joined to it.
    """
    columns: Any = (Rating.code, Rating.stars, Rating.words, Rating.language, Rating.name)
    whose = getattr(Rating, owner) == bindparam("key", type_=Integer)
    newest = select(Rating.id).where(whose, Rating.state == RatingState.SHOWN).order_by(Rating.id.desc())
    page = newest.limit(bindparam("limit", type_=Integer)).offset(bindparam("offset", type_=Integer)).subquery("page")
    return (
        select(*columns, Province.short_name, OrderLine.name.label("goods"), Rating.written_at, Rating.changed_at)
        .add_columns(RatingAnswer.words.label("answer"), RatingAnswer.answered_at, *_PHOTO)
        .join(page, page.c.id == Rating.id)
        .join(Province, Province.code == Rating.province_code)
        .join(OrderLine, OrderLine.id == Rating.line_id)
        .outerjoin(RatingAnswer, RatingAnswer.rating_id == Rating.id)
        .outerjoin(RatingPhoto, (RatingPhoto.rating_id == Rating.id) & drawn())
        .order_by(Rating.id.desc(), RatingPhoto.place)
    )
