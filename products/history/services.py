"""Going back: the words of an old revision as a new draft, one overwritten value into the draft again."""

from typing import Any, NamedTuple

from cooperatives.photos import queries as photo_queries
from products import drafting, policies
from products import queries as products_queries
from products import services as products
from products.edits import queries as edit_queries
from products.edits import services as edits
from products.history import queries
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto
from products.photos import services as photos
from products.written import written
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Conflict, NotFound
from shop.core.i18n import lazy_gettext as _l


class DraftStands(Conflict):
    """A draft is open that the old words would replace, and nobody has looked at what it would lose."""

    def __init__(self) -> None:
        super().__init__(_l("A draft is open. Look first at what it would lose."))


class Restored(NamedTuple):
    """The draft with the old words, and how many photos the seller no longer holds: they are left out."""

    draft: ProductRevision
    photos_missing: int


def restore(product: Product, number: int, actor: User, seen: int = 0) -> Restored:
    """Make a draft that says and shows what revision `number` did, its price proposed against the present one.

    `seen` is the version of the open draft whose loss the person has looked at; what it held stays in
    products.edits. Raises NotFound for no such revision, DraftStands when another draft would be replaced,
    Conflict as products.services.editable does.
    """
    products_queries.lock(product)
    source = queries.numbered(product, number, drafts=True)
    if source is None:
        raise NotFound
    if source.state is RevisionState.DRAFT:
        raise Conflict(_l("This is what is being written now."))
    opened = products_queries.open_revision(product)
    if opened is not None and _would_lose(opened, source) and opened.version != seen:
        raise DraftStands
    draft = products.editable(product, actor)
    if draft is source or (draft is opened and not _would_lose(draft, source)):
        return Restored(draft, 0)  # a returned revision, opened again; a draft that says all this already
    before = written(draft)
    missing = _take(source, draft)
    after = written(draft)
    changed = [field for field in dict.fromkeys([*before, *after]) if before.get(field, "") != after.get(field, "")]
    drafting.stamp(draft, [field for field in changed if field != "photos"])
    products.mended(draft, changed, actor)
    edits.keep(draft, actor, before, restored=number)
    audit.record("restored", product, actor, revision=draft.number, source=number, fields=sorted(changed))
    return Restored(draft, missing)


def _would_lose(opened: ProductRevision, source: ProductRevision) -> bool:
    """Say whether an open draft holds something that the old words would replace; what is sent is refused later."""
    if opened is source or policies.is_sent(opened):
        return False
    return written(opened) != written(source) or opened.voice is not source.voice


def _take(source: ProductRevision, draft: ProductRevision) -> int:
    """Write all of `source` into the draft; returns how many of its photos the seller does not hold any more."""
    product, pack = draft.product, (draft.pack_amount, draft.pack_word, draft.proposed_quantity)
    draft.texts.clear()
    draft.photos.clear()
    draft.packs.clear()
    db.session.flush()  # the old rows go before the copies come: they have the same keys
    drafting.copy(source, draft)
    if product.skus:  # what is sold keeps its pack, and the price is proposed against the present one
        draft.pack_amount, draft.pack_word, draft.proposed_quantity = pack
        draft.base_price = product.skus[0].usual
        draft.proposed_price = draft.proposed_price or draft.base_price
    held = photo_queries.held_by(product.cooperative_id, [photo.digest for photo in source.photos])
    usable = [photo for photo in source.photos if photo.digest in held]
    draft.photos = [
        RevisionPhoto(position=place, digest=photo.digest, slot=photo.slot) for place, photo in enumerate(usable)
    ]
    drafting.note_page(draft, "")  # every page that is open was made from other words
    db.session.flush()
    return len(source.photos) - len(usable)


def put_back(product: Product, code: str, field: str, which: str, actor: User) -> None:
    """Write one kept value into the draft again: `which` is the "old", the "new" or the "late" one of an edit.

    Raises Conflict where nothing of that kind is kept any more, and as products.services.editable does.
    """
    edit = edit_queries.one_of(product, code)
    kept = _values(edit.changes, edit.refused, field) if edit else {}
    if which not in kept:
        raise Conflict(_l("This is not kept any more."))
    if field == "photos":
        photos.show(product, kept[which], actor)
    else:
        products.save_draft(products.editable(product, actor), {field: kept[which]}, actor)


def _values(changes: dict[str, Any], refused: dict[str, Any], field: str) -> dict[str, Any]:
    kept = dict(zip(("old", "new"), changes.get(field, ()), strict=False))
    return kept | ({"late": refused[field]} if field in refused else {})
