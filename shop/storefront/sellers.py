"""Reading sellers and their places for the pages of the public."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind
from cooperatives.photos.models import Photo
from products.search.models import SearchEntry
from products.views import PlaceView, Said, said
from shop.core.db import db
from shop.places.models import Commune, CommuneAlias
from shop.places.queries import ELSEWHERE
from shop.ratings.shown import Stars, stars_in, sums_of

MOST_IN_A_COMMUNE = 60


class SellerRow(NamedTuple):
    """What a seller's card needs; the photo is None where none is public."""

    code: str
    slug: str
    name: str
    kind: Kind
    place: str
    digest: str | None
    width: int | None
    height: int | None


class Producer(NamedTuple):
    """What a seller's own page tells."""

    id: int
    code: str
    slug: str
    name: str
    kind: Kind
    hamlet: str
    phone: str  # E.164
    registration_number: str | None
    story: Said
    commune: PlaceView
    photo: tuple[str, int, int] | None  # digest, width, height
    stars: Stars  # of all goods


_PHOTO: tuple[Any, ...] = (Photo.digest, Photo.width, Photo.height)
_PLACE: tuple[Any, ...] = (Commune.code, Commune.name, Commune.short_name, Commune.kind, Commune.province_code)
_HAS_PUBLIC_PHOTO = (Photo.digest == Cooperative.photo_digest) & Photo.public_since.is_not(None)


def newest(limit: int) -> list[SellerRow]:
    """Return the sellers that were admitted last, of those who have something to sell."""
    return _rows(_newest(), limit=limit)


def of_commune(commune: str) -> list[SellerRow]:
    """Return the sellers of a commune who have something to sell, by name."""
    return _rows(_of_commune(), commune=commune, limit=MOST_IN_A_COMMUNE)


def producer(code: str, lang: str) -> Producer | None:
    """Return the active seller with this public code, or None."""
    row: Any = db.session.execute(_producer(lang), {"code": code}).first()
    if row is None:
        return None
    photo = (row.digest, row.width, row.height) if row.digest else None
    return Producer._make(
        [*row[:8], said(row.own_story, row.vi_story, lang), PlaceView._make(row[10:15]), photo, stars_in(row)]
    )


def commune(code: str, home_province: str) -> PlaceView | None:
    """Return the commune of the home province with this code, or None."""
    chosen = select(*_PLACE).where(Commune.code == code, Commune.province_code == home_province)
    row: Any = db.session.execute(chosen).first()
    return PlaceView(*row) if row else None


def older_names(commune_code: str) -> list[str]:
    """Return the former communes and districts that lead to a commune, each once."""
    chosen = select(CommuneAlias.name, CommuneAlias.note).where(CommuneAlias.commune_code == commune_code)
    rows = db.session.execute(chosen.order_by(CommuneAlias.id))
    return list(dict.fromkeys(name for name, note in rows if note != ELSEWHERE))


# The selects are built once; what varies is a bound parameter.


@cache
def _newest() -> Select[Any]:
    newest_first = (Cooperative.active_since.desc(), Cooperative.id.desc())
    return _selling().order_by(*newest_first).limit(bindparam("limit"))


@cache
def _of_commune() -> Select[Any]:
    chosen = _selling().where(Cooperative.commune_code == bindparam("commune"))
    return chosen.order_by(Cooperative.name, Cooperative.id).limit(bindparam("limit"))


@cache
def _producer(lang: str) -> Any:
    own_story = {"en": Cooperative.story_en, "hi": Cooperative.story_hi}.get(lang, Cooperative.story)
    return (
        select(
            *(Cooperative.id, Cooperative.code, Cooperative.slug, Cooperative.name, Cooperative.kind),
            *(Cooperative.hamlet, Cooperative.contact_phone, Cooperative.registration_number),
            *(own_story.label("own_story"), Cooperative.story.label("vi_story")),
            *(column.label(f"place_{column.key}") for column in _PLACE),
            *_PHOTO,
            *sums_of(Cooperative.__table__.c.id),
        )
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(Photo, _HAS_PUBLIC_PHOTO)
        .where(Cooperative.code == bindparam("code"), Cooperative.state == CooperativeState.ACTIVE)
    )


def _selling() -> Select[Any]:
    return (
        select(*(Cooperative.code, Cooperative.slug, Cooperative.name, Cooperative.kind, Commune.short_name), *_PHOTO)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(Photo, _HAS_PUBLIC_PHOTO)
        .where(
            Cooperative.state == CooperativeState.ACTIVE, exists().where(SearchEntry.cooperative_id == Cooperative.id)
        )
    )


def _rows(chosen: Select[Any], **values: Any) -> list[SellerRow]:
    return [SellerRow._make(row) for row in db.session.execute(chosen, values)]
