"""Merging what phones send into a draft: per field the higher counter wins, at a tie who comes later."""

from sqlalchemy import select

from cooperatives import queries as cooperatives
from products import queries
from products import services as products
from products.drafts.models import DraftSave
from products.drafts.parcels import Parcel
from products.models import Product
from shop.accounts.models import User
from shop.core.db import db
from shop.core.errors import Invalid, NotFound
from shop.core.i18n import lazy_gettext as _l

SHORTEST_KEY, LONGEST_KEY = 16, 64  # characters; shorter ones might be guessed, or met twice


def open_draft(actor: User, draft_key: str, seller: str = "") -> Product:
    """Return the product that this key names, begun now where nobody began it; `seller` is a cooperative's code.

    Raises NotFound for a stranger's key or seller, Invalid for a key that is none or when it is not clear who sells.
    """
    shortest = 1 if draft_key.startswith("p-") else SHORTEST_KEY
    if not draft_key.isascii() or not shortest <= len(draft_key) <= LONGEST_KEY:
        raise Invalid("draft_key", _l("Open the form again: this page has no draft."))
    known = queries.by_draft_key(draft_key)
    if known is not None:
        if db.session.scalar(queries.one_for(actor, known.code)) is None:
            raise NotFound(_l("This draft is not yours."))
        return known
    own = list(db.session.scalars(cooperatives.of_person(actor)))
    chosen = [one for one in own if seller in {"", one.code}]
    if not chosen or draft_key.startswith("p-"):
        raise NotFound(_l("This draft is not yours."))
    if len(chosen) > 1:
        raise Invalid("for", _l("Choose whose goods these are."))
    return products.create_draft(chosen[0], actor, draft_key)


def merge(product: Product, parcel: Parcel, actor: User) -> list[str]:
    """Write a parcel into the draft and return the names of its fields that a newer value stood against.

    The same parcel again changes nothing, whatever came in between.
    Every parcel is kept as a DraftSave, also the fields that lost. Raises Conflict as products.services.editable does.
    """
    queries.lock(product)
    known = select(DraftSave).where(DraftSave.product_id == product.id, DraftSave.digest == parcel.digest)
    if (kept := db.session.scalar(known)) is not None:
        return kept.lost
    revision = products.editable(product, actor)
    stamps = revision.stamps or {}
    won = {name: sent for name, sent in parcel.fields.items() if sent.counter >= stamps.get(name, 0)}
    lost = sorted(set(parcel.fields) - set(won))
    if parcel.fields:
        values, counters = (
            {name: sent.value for name, sent in won.items()},
            {n: sent.counter for n, sent in won.items()},
        )
        late = {name: parcel.fields[name].value for name in lost}
        products.save_draft(revision, values, actor, page=parcel.page, stamps=counters, refused=late)
        db.session.add(
            DraftSave(
                product_id=product.id,
                revision_number=revision.number,
                page=parcel.page,
                digest=parcel.digest,
                fields={name: {"v": sent.value, "n": sent.counter} for name, sent in parcel.fields.items()},
                lost=lost,
                actor_id=actor.id,
            )
        )
        db.session.flush()
    return lost
