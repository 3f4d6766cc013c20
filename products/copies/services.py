"""Beginning new goods from what was written about earlier ones."""

from products import drafting, queries
from products import services as products
from products.fields import MORE_PACKS
from products.models import Product, ProductRevision, RevisionPack
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l


def copy(source: Product, actor: User, draft_key: str, *, photos: bool) -> Product:
    """Begin new goods of the same seller as a copy of `source`: its words and facts, with `photos` those too.

    Price and pack are those it is sold by now; stock is never copied. The same key again gives the same goods.
    Raises NotFound for a key of another seller, Conflict where there is nothing to copy.
    """
    revision = source.approved or queries.last_revision(source)
    if revision is None or not revision.name:
        raise Conflict(_l("There is nothing to copy yet."))
    made = queries.by_draft_key(draft_key)
    product = products.create_draft(source.cooperative, actor, draft_key)
    if made is not None:
        return product
    draft = products.editable(product, actor)
    draft.texts.clear()
    db.session.flush()  # the empty words go before the copied ones come: they have the same key
    drafting.copy(revision, draft)
    draft.proposed_quantity = draft.base_price = None
    for pack in draft.packs:
        pack.quantity = None
    _packs_as_sold(source, draft)
    draft.voice = None  # it tells of the other goods
    if not photos:
        draft.photos = []
    audit.record("copied", product, actor, revision=draft.number, source=source.code, photos=len(draft.photos))
    db.session.flush()
    return product


def _packs_as_sold(source: Product, draft: ProductRevision) -> None:
    sold = [sku for sku in source.skus if sku.retired_at is None]
    if not sold:
        return
    draft.proposed_price, draft.pack_amount, draft.pack_word = sold[0].usual, sold[0].pack_amount, sold[0].pack_word
    more = zip(MORE_PACKS, sold[1:], strict=False)
    draft.packs = [
        RevisionPack(number=number, pack_amount=sku.pack_amount, pack_word=sku.pack_word, price=sku.usual)
        for number, sku in more
    ]
