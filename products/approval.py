"""What an approval makes of a product: what buyers see, the packs that are sold, the price."""

from typing import NamedTuple

from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, Sku
from products.stock import services as stock
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import slugify


class Applied(NamedTuple):
    """What an approval did: the SKU, and whether the proposed price was set (else it had moved meanwhile)."""

    sku: Sku
    price_set: bool


def apply(revision: ProductRevision, officer: User | None) -> Applied:
    """Make an approved revision what buyers see: pointer, address, the SKUs or the proposed price.

    The price is set only while it still is the one the draft was written against; else it stays and the officer
    is told by `price_set`. `officer` None: a rule approved it, and the market itself sets the price; naming the sender
    would say that she set it without a look. The caller holds the product's row and has moved the revision.
    """
    product = revision.product
    if revision.state is not RevisionState.APPROVED:
        raise Conflict(_l("Only an approved revision goes on sale."))
    product.approved_revision_id, product.approved_at = revision.id, clock.now()
    product.slug = slugify(revision.name)
    sender = db.session.get_one(User, revision.submitted_by_id or revision.created_by_id)
    if product.skus:
        done = Applied(product.skus[0], _set_price(product.skus[0], revision, officer))
    else:
        first = (revision.pack_amount, revision.pack_word), revision.proposed_price, revision.proposed_quantity
        done = Applied(_open(product, *first, sender), True)
    for row in revision.packs:
        _open(product, (row.pack_amount, row.pack_word), row.price, row.quantity, sender)
    return done


def _open(product: Product, pack: tuple[int | None, str], price: int | None, on_hand: int | None, actor: User) -> Sku:
    amount, word = pack
    if amount is None or price is None:
        raise Invalid("price", _l("Pack or price is missing."))
    return stock.open_sku(product, pack=(amount, word), price=price, on_hand=on_hand or 0, actor=actor)


def _set_price(sku: Sku, revision: ProductRevision, officer: User | None) -> bool:
    wanted, written_against = revision.proposed_price, revision.base_price
    if wanted is None or wanted == written_against:
        return True
    try:
        stock.set_usual_price(sku, wanted, written_against or 0, officer, "approved")
    except Conflict:
        return sku.usual == wanted
    return True
