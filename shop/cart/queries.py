"""Reading carts: whose they are, and what stands in them now."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from cooperatives.dispatch.queries import calendars_of
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from products import queries as products
from products.catalogue import orderable
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.packs import Steps
from products.season import is_over
from products.views import PlaceView, said
from products.weighing import Weighed
from products.weights import grams_of, in_proportion
from shop.accounts.models import User
from shop.cart.discounts import with_vouchers
from shop.cart.models import Cart, CartLine
from shop.cart.view import CartView, Line, Seller, arrange
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db
from shop.places.models import Commune
from shop.vouchers import queries as vouchers
from shop.vouchers.people import Buyer


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


def goods_of(line: CartLine) -> tuple[int, int]:
    """Return the ids of the product and the cooperative of a line."""
    chosen = select(Product.id, Product.cooperative_id).join(Sku, Sku.product_id == Product.id)
    product_id, cooperative_id = db.session.execute(chosen.where(Sku.id == line.sku_id)).one()
    return product_id, cooperative_id


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
    *,
    buyer: Buyer | None = None,
) -> CartView:
    """Return the cart as it stands now, with three queries however long it is, and three more where it has vouchers.

    Always read afresh, as rows. Delivery is quoted to `province` (default: the one chosen in the cart) and `commune`;
    `chosen` maps a cooperative's code to the ship method its parcel takes. `buyer` is whose past uses of vouchers
    count.
    """
    asked = {"cart_id": cart.id}
    kept = db.session.execute(_kept(), asked).all()
    found: dict[int, Any] = {row.sku_id: row for row in db.session.execute(_in_cart(lang), asked)} if kept else {}
    lines = [_line(line, found[line.sku_id], lang) if line.sku_id in found else _gone(line) for line in kept]
    calendars = calendars_of({line.seller.id for line in lines if line.seller}) if found else {}
    found_view = arrange(lines, lang, (province or cart.province_code, commune), chosen or {}, calendars)
    return _less_vouchers(found_view, cart, buyer) if cart.vouchers else found_view


def _less_vouchers(view: CartView, cart: Cart, buyer: Buyer | None) -> CartView:
    """Count the newest code of each issuer."""
    found = vouchers.by_codes(cart.vouchers)
    newest = {one.cooperative_id: one for one in sorted(found, key=lambda one: cart.vouchers.index(one.code))}
    kept = [one for one in found if newest[one.cooperative_id] is one]
    past = {one.id: (vouchers.uses_of(one, buyer), buyer.ordered) for one in kept} if buyer else {}
    return with_vouchers(view, kept, past, clock.now())


def on_sale(cooperative_id: int, lang: str) -> list[Line]:
    """Return everything a seller has that a cart may hold now: each as the line of the fewest packs that it sends."""
    chosen = _public(lang).where(Cooperative.id == cooperative_id).order_by(Product.id, Sku.position)
    lines = [_line(_Wanted.fewest(row), row, lang) for row in db.session.execute(chosen)]
    return [line for line in lines if not line.problems]


class _Wanted(NamedTuple):
    """What a row of a cart says of its goods."""

    sku_code: str
    name: str
    quantity: int
    price_seen: int

    @classmethod
    def fewest(cls, row: Any) -> "_Wanted":
        """The fewest packs of public goods that are sent at once, at the price they have now."""
        return cls(row.sku_code, row.vi_name or "", Steps.of(row.least_packs, row.step_packs).least, row.price)


# The selects are built once; the cart is a bound parameter.


@cache
def _kept() -> Select[Any]:
    columns = CartLine.sku_id, CartLine.name, CartLine.quantity, CartLine.price_seen, Sku.code.label("sku_code")
    chosen: Any = select(*columns).join(Sku, Sku.id == CartLine.sku_id)
    return chosen.where(CartLine.cart_id == bindparam("cart_id")).order_by(CartLine.id)


@cache
def _in_cart(lang: str) -> Select[Any]:
    """Select what is public of the goods in a cart."""
    return _public(lang).join(CartLine, CartLine.sku_id == Sku.id).where(CartLine.cart_id == bindparam("cart_id"))


@cache
def _public(lang: str) -> Select[Any]:
    """Select what is public of goods that may be sold, a row for each SKU, with name and first photo."""
    vi, own = aliased(RevisionText), aliased(RevisionText)
    first: Any = select(func.min(RevisionPhoto.position)).where(RevisionPhoto.revision_id == ProductRevision.id)
    first = first.correlate(ProductRevision).scalar_subquery()
    shown = (RevisionPhoto.revision_id == ProductRevision.id) & (RevisionPhoto.position == first)
    return (
        products.public(
            *(Sku.id.label("sku_id"), Sku.code.label("sku_code"), Sku.price, Sku.pack_amount),
            (Sku.on_hand - Sku.held).label("free"),
            func.coalesce(Sku.usual_price, Sku.price).label("usual"),
            *(Sku.pack_word, Product.code.label("product_code"), Product.slug, Product.season_word),
            *(ProductRevision.id.label("revision_id"), ProductRevision.ship_class, ProductRevision.type_code),
            *(ProductRevision.least_packs, ProductRevision.step_packs, ProductRevision.weighed_within),
            *(ProductRevision.net_grams, ProductRevision.packed_grams, ProductRevision.pack_word.label("first_word")),
            *(ProductRevision.pack_amount.label("first_amount"), vi.name.label("vi_name"), own.name.label("own_name")),
            *(Photo.digest, Photo.width, Photo.height),
            *(column.label(f"seller_{column.key}") for column in _SELLER),
            *(column.label(f"place_{column.key}") for column in _PLACE),
        )
        .join(Sku, Sku.product_id == Product.id)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(vi, (vi.revision_id == ProductRevision.id) & (vi.lang == "vi"))
        .outerjoin(own, (own.revision_id == ProductRevision.id) & (own.lang == lang))
        .outerjoin(RevisionPhoto, shown)
        .outerjoin(Photo, Photo.digest == RevisionPhoto.digest)
        .where(Sku.retired_at.is_(None))
    )


_SELLER: tuple[Any, ...] = (
    Cooperative.id,
    Cooperative.code,
    Cooperative.slug,
    Cooperative.name,
    Cooperative.contact_phone,
)
_PLACE: tuple[Any, ...] = (Commune.code, Commune.name, Commune.short_name, Commune.kind, Commune.province_code)


def _gone(line: Any) -> Line:
    return Line(line.sku_id, line.sku_code, line.name, line.quantity, line.price_seen, line.price_seen, 0, gone=True)


def _line(line: Any, row: Any, lang: str) -> Line:
    name = said(row.own_name, row.vi_name or line.name, lang)
    place = PlaceView(*(row._mapping[f"place_{column.key}"] for column in _PLACE))
    return Line(
        sku_id=row.sku_id,
        sku_code=line.sku_code,
        name=name.text,
        name_lang=name.lang or lang,
        quantity=line.quantity,
        price=row.price,
        price_seen=line.price_seen,
        free=row.free,
        usual=row.usual,
        orderable=orderable(row.ship_class, row.type_code),
        season_over=is_over(row.season_word),
        product_code=row.product_code,
        slug=row.slug,
        revision_id=row.revision_id,
        pack_amount=row.pack_amount,
        pack_word=row.pack_word,
        ship_class=row.ship_class,
        pack_grams=_grams(row),
        steps=Steps.of(row.least_packs, row.step_packs),
        weighed=Weighed.of(*_packs(row), row.net_grams, row.weighed_within),
        photo=(row.digest, row.width, row.height) if row.digest else None,
        seller=Seller._make([*(row._mapping[f"seller_{column.key}"] for column in _SELLER), place]),
    )


def _grams(row: Any) -> int:
    pack, first = _packs(row)
    weighed = [in_proportion(grams, pack, first) for grams in (row.net_grams, row.packed_grams)]
    return grams_of(*pack, *weighed)


def _packs(row: Any) -> tuple[tuple[str, int], tuple[str, int | None]]:
    """Return the pack of a row, and the first one, of which the seller said the weights."""
    return (row.pack_word, row.pack_amount), (row.first_word, row.first_amount)
