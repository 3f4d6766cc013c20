"""Reading carts: whose they are, and what stands in them now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from cooperatives.dispatch.queries import calendars_of
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from products import queries as products
from products.catalogue import orderable
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.packs import Steps
from products.season import is_over
from shop.accounts.models import User
from shop.cart.models import Cart, CartLine
from shop.cart.view import CartView, Line, Seller, arrange
from shop.cart.weights import grams_of, in_proportion
from shop.core.codes import token_digest
from shop.core.db import db
from shop.places.models import Commune


def of_token(token: str) -> Cart | None:
    """Return a visitor's cart by its cookie; a cart that belongs to a person is opened by that person only."""
    return db.session.scalar(select(Cart).where(Cart.token_digest == token_digest(token), Cart.user_id.is_(None)))


def of_user(user: User) -> Cart | None:
    """Return a signed-in person's cart."""
    return db.session.scalar(select(Cart).where(Cart.user_id == user.id))


def count(cart: Cart) -> int:
    """Return how many packs are in the cart."""
    return int(db.session.scalar(select(func.sum(CartLine.quantity)).where(CartLine.cart_id == cart.id)) or 0)


def sellable(sku_code: str) -> Any:
    """Return (Sku, ProductRevision, season_word) of a public SKU by its code, or None."""
    return db.session.execute(
        products.public(Sku, ProductRevision, Product.season_word)
        .join(Sku, Sku.product_id == Product.id)
        .where(Sku.code == sku_code, Sku.retired_at.is_(None))
    ).first()


def name_of(revision_id: int, lang: str) -> str:
    """Return the name of a revision as a reader of `lang` sees it."""
    words = products.words(revision_id, lang)
    return words.name if words else ""


def view(
    cart: Cart,
    lang: str,
    province: str | None = None,
    commune: str | None = None,
    chosen: Mapping[str, str] | None = None,
) -> CartView:
    """Return the cart as it stands now, with five queries however long it is.

    Delivery is quoted to `province` (default: the one chosen in the cart) and `commune`; `chosen` maps a
    cooperative's code to the ship method its parcel takes.
    """
    kept = db.session.execute(
        select(CartLine, Sku.code).join(CartLine.sku).where(CartLine.cart_id == cart.id).order_by(CartLine.id)
    ).all()
    found = {row.Sku.id: row for row in db.session.execute(_public_rows(cart))} if kept else {}
    revisions = [row.ProductRevision.id for row in found.values()]
    names, photos = _names(revisions, lang), _photos(revisions)
    lines = [
        _line(line, found[line.sku_id], names, photos) if line.sku_id in found else _gone(line, sku_code)
        for line, sku_code in kept
    ]
    calendars = calendars_of({line.seller.id for line in lines if line.seller}) if found else {}
    return arrange(lines, lang, (province or cart.province_code, commune), chosen or {}, calendars)


def _public_rows(cart: Cart) -> Any:
    # populate_existing: inside writing() a price or a count may have been read before.
    return (
        products.public(Sku, Product.code, Product.slug, Product.season_word, ProductRevision, Cooperative, Commune)
        .join(Sku, Sku.product_id == Product.id)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .join(CartLine, CartLine.sku_id == Sku.id)
        .where(CartLine.cart_id == cart.id, Sku.retired_at.is_(None))
        .execution_options(populate_existing=True)
    )


def _names(revisions: list[int], lang: str) -> dict[int, tuple[str, str]]:
    """Return revision -> (name, its language): the reader's, else the Vietnamese."""
    rows = db.session.execute(
        select(RevisionText.revision_id, RevisionText.lang, RevisionText.name).where(
            RevisionText.revision_id.in_(revisions), RevisionText.lang.in_({lang, "vi"})
        )
    )
    found: dict[int, tuple[str, str]] = {}
    for revision, spoken, name in rows:
        if spoken == lang or revision not in found:
            found[revision] = (name, spoken)
    return found


def _photos(revisions: list[int]) -> dict[int, tuple[str, int, int]]:
    """Return revision -> (digest, width, height) of its first photo."""
    rows = db.session.execute(
        select(RevisionPhoto.revision_id, Photo.digest, Photo.width, Photo.height)
        .join(Photo, Photo.digest == RevisionPhoto.digest)
        .where(RevisionPhoto.revision_id.in_(revisions))
        .order_by(RevisionPhoto.position.desc())
    )
    return {revision: (digest, width, height) for revision, digest, width, height in rows}


def _gone(line: CartLine, sku_code: str) -> Line:
    return Line(line.sku_id, sku_code, line.name, line.quantity, line.price_seen, line.price_seen, 0, gone=True)


def _line(line: CartLine, row: Any, names: dict[int, Any], photos: dict[int, Any]) -> Line:
    sku, revision, cooperative = row.Sku, row.ProductRevision, row.Cooperative
    name, spoken = names.get(revision.id, (line.name, "vi"))
    return Line(
        sku_id=sku.id,
        sku_code=sku.code,
        name=name,
        name_lang=spoken,
        quantity=line.quantity,
        price=sku.price,
        price_seen=line.price_seen,
        free=sku.on_hand - sku.held,
        orderable=orderable(revision.ship_class, revision.type_code),
        season_over=is_over(row.season_word),
        product_code=row.code,
        slug=row.slug,
        revision_id=revision.id,
        pack_amount=sku.pack_amount,
        pack_word=sku.pack_word,
        ship_class=revision.ship_class,
        pack_grams=_grams(sku, revision),
        steps=Steps.of(revision.least_packs, revision.step_packs),
        photo=photos.get(revision.id),
        seller=Seller(
            cooperative.id,
            cooperative.code,
            cooperative.slug,
            cooperative.name,
            cooperative.contact_phone,
            row.Commune,
        ),
    )


def _grams(sku: Sku, revision: ProductRevision) -> int:
    pack, first = (sku.pack_word, sku.pack_amount), (revision.pack_word, revision.pack_amount)
    weighed = [in_proportion(grams, pack, first) for grams in (revision.net_grams, revision.packed_grams)]
    return grams_of(*pack, *weighed)
