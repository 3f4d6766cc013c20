"""What stands in the texts of public products: the rows that search entries are made from."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from cooperatives.models import Cooperative
from products import queries
from products.catalogue import CATEGORIES, TYPES, orderable
from products.lifecycle import SeasonWord
from products.models import Product, ProductRevision, RevisionText, Sku
from products.search.models import SearchSeller
from products.search.prepare import Texts, columns
from products.season import months_in_season
from products.weights import grams_of
from shop.core.db import db
from shop.places.models import Commune, CommuneAlias
from shop.places.names import split
from shop.places.queries import ELSEWHERE


class _Row(NamedTuple):
    product_id: int
    approved_at: Any
    revision_id: int
    category: str
    type_code: str | None
    season_months: int
    season_word: SeasonWord
    ship_class: str
    net_grams: int | None
    packed_grams: int | None
    cooperative_id: int
    cooperative: str
    commune_code: str
    commune: str
    commune_short: str


_COLUMNS = (  # as _Row names them
    Product.id,
    Product.approved_at,
    ProductRevision.id,
    ProductRevision.category,
    ProductRevision.type_code,
    ProductRevision.season_months,
    Product.season_word,
    ProductRevision.ship_class,
    ProductRevision.net_grams,
    ProductRevision.packed_grams,
    Cooperative.id,
    Cooperative.name,
    Commune.code,
    Commune.name,
    Commune.short_name,
)


def public_ids() -> list[int]:
    """Return the ids of all public products."""
    return list(db.session.scalars(queries.public(Product.id).order_by(Product.id)))


def products_of(cooperative_id: int) -> list[int]:
    """Return the ids of all products of a cooperative, public or not."""
    return list(db.session.scalars(select(Product.id).where(Product.cooperative_id == cooperative_id)))


def sellers_changed(limit: int, *, written_once: bool = False) -> list[int]:
    """Return the ids of sellers that changed since their entries were written; `written_once`: leave out new ones."""
    written = SearchSeller.cooperative_id == Cooperative.id
    chosen = select(Cooperative.id).join(SearchSeller, written, isouter=not written_once)
    changed = chosen.where(SearchSeller.version.is_distinct_from(Cooperative.version))
    return list(db.session.scalars(changed.order_by(Cooperative.id).limit(limit)))


def expected(product_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the search entries that these products should have now: a row each, none for what is not public."""
    chosen = (
        queries.public(*_COLUMNS)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .where(Product.id.in_(product_ids))
        .order_by(Product.id)
    )
    rows = [_Row(*row) for row in db.session.execute(chosen)]
    names, summaries = _texts([row.revision_id for row in rows])
    older = _older_names({row.commune_code for row in rows})
    packs = _first_packs([row.product_id for row in rows])
    return [
        {
            "product_id": row.product_id,
            "category": row.category,
            "cooperative_id": row.cooperative_id,
            "commune_code": row.commune_code,
            "approved_at": row.approved_at,
            "season_months": months_in_season(row.season_months, row.season_word),
            "counted": False,
            "sent_as": row.ship_class if orderable(row.ship_class, row.type_code) else "",
            "parcel_grams": _grams(row, packs.get(row.product_id)),
            **_said(row, names[row.revision_id], summaries[row.revision_id], older[row.commune_code]),
        }
        for row in rows
    ]


def _said(row: _Row, names: list[str], summaries: list[str], older: list[str]) -> dict[str, str]:
    known, category = TYPES.get(row.type_code or ""), CATEGORIES.get(row.category)
    kinds = (*known.names.values(), *known.aliases) if known else ()
    texts = Texts(
        names=(*names, *kinds),
        places=(row.cooperative, row.commune, row.commune_short, *older),
        others=(*(category.names.values() if category else ()), *summaries),
    )
    return columns(texts)._asdict()


def _grams(row: _Row, pack: tuple[str, int] | None) -> int:
    return grams_of(*pack, row.net_grams, row.packed_grams) if pack else 0


def _first_packs(product_ids: list[int]) -> dict[int, tuple[str, int]]:
    """Return word and amount of the first pack of each product."""
    chosen = select(Sku.product_id, Sku.pack_word, Sku.pack_amount).where(
        Sku.product_id.in_(product_ids), Sku.retired_at.is_(None)
    )
    # The last one to be written stays, so the first pack comes last.
    rows = db.session.execute(chosen.order_by(Sku.product_id, Sku.position.desc(), Sku.id.desc()))
    return {product_id: (word, amount) for product_id, word, amount in rows}


def _texts(revision_ids: list[int]) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    summaries: defaultdict[int, list[str]] = defaultdict(list)
    chosen = select(RevisionText.revision_id, RevisionText.name, RevisionText.summary)
    for revision_id, name, summary in db.session.execute(
        chosen.where(RevisionText.revision_id.in_(revision_ids)).order_by(RevisionText.revision_id, RevisionText.lang)
    ):
        names[revision_id].append(name)
        summaries[revision_id].append(summary)
    return names, summaries


def _older_names(communes: set[str]) -> defaultdict[str, list[str]]:
    """Return former communes and districts by commune; a name that is another place's today leads there only."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    chosen = select(CommuneAlias.commune_code, CommuneAlias.name, CommuneAlias.note)
    for commune, name, note in db.session.execute(
        chosen.where(CommuneAlias.commune_code.in_(communes)).order_by(CommuneAlias.id)
    ):
        if note != ELSEWHERE:
            found[commune].append(split(name).short)
    return found
