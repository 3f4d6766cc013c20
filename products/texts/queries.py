"""Whose goods are told in nearly the same words."""

from typing import NamedTuple

from sqlalchemy import select

from cooperatives.models import Cooperative
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionText
from products.texts.likeness import ALIKE, SHORT, bands, runs, share
from products.texts.models import TextBand
from shop.core.db import db

MOST_COMPARED = 100  # texts that share a band; one that is copied more often than that is found all the same
SENT = (RevisionState.SUBMITTED, RevisionState.APPROVED, RevisionState.RETURNED)


class Alike(NamedTuple):
    """Another seller's goods in nearly the same words; `percent` of their runs of three words in common."""

    product: Product
    number: int
    name: str
    seller: str
    percent: int


def text_of(words: RevisionText | None) -> str:
    """Return what is compared of a revision: its summary and its story."""
    return f"{words.summary} {words.story}" if words else ""


def alike(product: Product, revision: ProductRevision) -> list[Alike]:
    """Return the goods of other sellers whose text is like this one, the most alike first; one query."""
    mine = runs(text_of(revision.text("vi")))
    wanted = [band for band in bands(mine) if band != SHORT]
    if not wanted:
        return []
    met = select(TextBand.revision_id).where(TextBand.band.in_(wanted), TextBand.revision_id != revision.id)
    rows = db.session.execute(
        select(Product, ProductRevision.number, RevisionText, Cooperative.name.label("seller"))
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .join(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            ProductRevision.id.in_(met),
            ProductRevision.state.in_(SENT),
            Product.cooperative_id != product.cooperative_id,
        )
        .order_by(ProductRevision.id)
        .limit(MOST_COMPARED)
    )
    best: dict[int, Alike] = {}
    for other, number, words, seller in rows:
        part = share(mine, runs(text_of(words)))
        if part >= ALIKE and part * 100 > (best[other.id].percent if other.id in best else 0):
            best[other.id] = Alike(other, number, words.name, seller, int(part * 100))
    return sorted(best.values(), key=lambda one: -one.percent)


def unknown(limit: int) -> list[ProductRevision]:
    """Return revisions that were sent and whose text nobody has read into bands yet."""
    known = select(TextBand.revision_id).where(TextBand.revision_id == ProductRevision.id).exists()
    chosen = select(ProductRevision).where(ProductRevision.state.in_(SENT), ~known)
    return list(db.session.scalars(chosen.order_by(ProductRevision.id).limit(limit)))
