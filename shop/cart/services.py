"""Putting goods into a cart, changing it, and making a visitor's cart a person's."""

from typing import Any

from sqlalchemy import delete, func, select

from products.catalogue import orderable
from products.models import ProductRevision, Sku
from products.packs import Steps, steps_sentence
from products.season import is_over
from shop.accounts.models import User
from shop.cart import queries
from shop.cart.models import Cart, CartLine
from shop.core import clock
from shop.core.codes import secret_token, token_digest
from shop.core.db import db
from shop.core.errors import DomainError, Invalid, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import ngettext
from shop.places.models import Province
from shop.vouchers import queries as vouchers

MOST_PACKS = 999
MOST_LINES = 100
MOST_VOUCHERS = 10  # one of the province and one of each seller, where that many are in one cart
LIFE_DAYS = 30  # a cart nobody touched for so long is forgotten, and what it was told with it

NOT_SOLD = _l("These goods are no longer sold.")
SEASON_OVER = _l("The season is over. The seller takes no orders until the next.")
CALL_TO_ORDER = _l("These goods are ordered by telephone. Call the seller.")


def start(user: User | None) -> tuple[Cart, str]:
    """Make an empty cart and return it with the token for the cookie; only the token's digest is kept.

    A person has one cart: where another window was first, that one comes back with a token that opens nothing.
    """
    token = secret_token()
    if user is not None:
        _lock_person(user)
        own = queries.of_user(user)
        if own is not None:
            return own, token
    cart = Cart(token_digest=token_digest(token), user_id=user.id if user else None)
    db.session.add(cart)
    db.session.flush()
    return cart, token


def add(cart: Cart, sku_code: str, packs: int, lang: str) -> CartLine:
    """Put so many more packs of a public SKU into the cart.

    Raises NotFound for goods that are not public, DomainError for goods that are ordered by telephone or whose
    season is over,
    Invalid("quantity") when there are not so many, or the seller does not send so many at once.
    """
    _lock(cart)
    found = queries.sellable(sku_code)
    if found is None:
        raise NotFound(NOT_SOLD)
    sku, revision = found.Sku, found.ProductRevision
    if not orderable(revision.ship_class, revision.type_code):
        raise DomainError(CALL_TO_ORDER)
    if is_over(found.season_word):
        raise DomainError(SEASON_OVER)
    line = _line(cart, sku_code)
    _check_packs(sku, revision, packs + (line.quantity if line else 0))
    if line is None:
        if _lines(cart) >= MOST_LINES:
            raise DomainError(_l("The cart is full. Order these goods first."))
        name = queries.name_of(revision.id, lang)
        line = CartLine(cart_id=cart.id, sku_id=sku.id, quantity=0, price_seen=sku.price, name=name)
        db.session.add(line)
    line.quantity += packs
    db.session.flush()
    return line


def change(cart: Cart, sku_code: str, packs: int) -> None:
    """Make the line of a SKU hold so many packs; raises NotFound, or Invalid("quantity") as `add` does."""
    _lock(cart)
    line = _line(cart, sku_code)
    found = queries.sellable(sku_code)
    if line is None or found is None:
        raise NotFound(NOT_SOLD)
    if is_over(found.season_word):
        raise Invalid("quantity", SEASON_OVER)
    _check_packs(found.Sku, found.ProductRevision, packs)
    line.quantity = packs


def accept_price(cart: Cart, sku_code: str, price: int) -> None:
    """Note that the buyer saw `price` (đồng a pack) for this line; a price that is not today's stays a problem."""
    _lock(cart)
    line = _line(cart, sku_code)
    if line is None:
        raise NotFound(NOT_SOLD)
    line.price_seen = price


def remove(cart: Cart, sku_code: str) -> int:
    """Take a line out and return how many packs it had, 0 when it was not there."""
    _lock(cart)
    line = _line(cart, sku_code)
    if line is None:
        return 0
    packs = line.quantity
    db.session.delete(line)
    db.session.flush()
    return packs


def choose_province(cart: Cart, code: str) -> None:
    """Estimate delivery to this province from now on; raises Invalid("province") for a code that is none."""
    if db.session.get(Province, code) is None:
        raise Invalid("province", _l("Choose the province"))
    _lock(cart)
    cart.province_code = code


def use_voucher(cart: Cart, typed: str) -> str:
    """Keep a voucher for the next purchase, in place of another of the same issuer; returns its code.

    Raises Invalid("code") with the reason where there is none such, or it does not count for what is in the cart.
    """
    _lock(cart)
    found = vouchers.by_code(typed)
    if found is None:
        raise Invalid("code", _l("There is no such voucher. Look at the code again."))
    kept = {one.code: one for one in vouchers.by_codes(cart.vouchers)}
    others = [code for code, one in kept.items() if one.cooperative_id != found.cooperative_id]
    cart.vouchers = [*others, found.code][-MOST_VOUCHERS:]
    counted = next(one for one in queries.view(cart, "vi").vouchers if one.code == found.code)
    if counted.refusal is not None:
        raise Invalid("code", counted.refusal)
    return found.code


def drop_voucher(cart: Cart, code: str) -> None:
    """Let go of a voucher; nothing where the cart has none of this code."""
    _lock(cart)
    cart.vouchers = [one for one in cart.vouchers if one != code]


def keep_details(cart: Cart, **told: object) -> None:
    """Keep what checkout was told, beside what it was told before; JSON values."""
    _lock(cart)
    cart.details = cart.details | told
    if isinstance(told.get("province"), str):
        cart.province_code = str(told["province"])


def adopt(token: str, user: User) -> Cart | None:
    """Make the visitor's cart of this cookie the person's, and return the person's cart, if there is one.

    Where the person had a cart already, the lines are united: of goods in both, the larger number counts.
    Doing it again changes nothing.
    """
    _lock_person(user)
    guest, own = queries.of_token(token), queries.of_user(user)
    if guest is None:
        return own
    if own is None:
        guest.user_id = user.id
        return guest
    _lock(own)
    mine = {line.sku_id: line for line in own.lines}
    for line in guest.lines:
        if line.sku_id in mine:
            mine[line.sku_id].quantity = max(mine[line.sku_id].quantity, line.quantity)
        else:
            db.session.add(_copy(line, own))
    own.details = own.details | guest.details
    own.vouchers = list(dict.fromkeys([*own.vouchers, *guest.vouchers]))[-MOST_VOUCHERS:]
    own.province_code = own.province_code or guest.province_code
    db.session.delete(guest)
    db.session.flush()
    db.session.expire(own)
    return own


def empty(cart: Cart) -> None:
    """Take everything out after a purchase; the next one gets a new key.

    A visitor's name and address go too: the next one at this phone may be somebody else.
    """
    db.session.execute(delete(CartLine).where(CartLine.cart_id == cart.id))
    cart.attempt = secret_token()
    cart.vouchers = []
    if cart.user_id is None:
        cart.details = {}
    cart.changed_at = clock.now()
    db.session.flush()
    db.session.expire(cart, ["lines"])


def forget_old() -> int:
    """Delete the carts nobody touched for LIFE_DAYS; returns how many."""
    long_ago = clock.after(days=-LIFE_DAYS)
    db.session.execute(delete(CartLine).where(CartLine.cart_id.in_(select(Cart.id).where(Cart.changed_at < long_ago))))
    return len(db.session.scalars(delete(Cart).where(Cart.changed_at < long_ago).returning(Cart.id)).all())


def _lock_person(user: User) -> None:
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update(key_share=True))


def _lock(cart: Cart) -> None:
    """Let one change of a cart wait for the other, and note the moment."""
    db.session.refresh(cart, with_for_update=True)
    cart.changed_at = clock.now()


def _line(cart: Cart, sku_code: str) -> CartLine | None:
    return db.session.scalar(
        select(CartLine).join(CartLine.sku).where(CartLine.cart_id == cart.id, Sku.code == sku_code)
    )


def _lines(cart: Cart) -> int:
    return int(db.session.scalar(select(func.count()).where(CartLine.cart_id == cart.id)) or 0)


def _copy(line: CartLine, cart: Cart) -> CartLine:
    return CartLine(
        cart_id=cart.id, sku_id=line.sku_id, quantity=line.quantity, price_seen=line.price_seen, name=line.name
    )


def _check_packs(sku: Sku, revision: ProductRevision, packs: int) -> None:
    why = too_many(packs, sku.on_hand - sku.held, Steps.of(revision.least_packs, revision.step_packs))
    if why is not None:
        raise Invalid("quantity", why)


def too_many(packs: int, free: int, steps: Steps) -> Any:
    """Say why so many packs of public goods cannot be ordered, None where they can; `free` may be promised."""
    if not steps.within(free):
        return _l("Out of stock for now")
    if packs > free:
        return only_left(free)
    if not steps.fit(packs):
        return steps_sentence(steps)
    return _l("At most %(most)s packs at a time.", most=MOST_PACKS) if packs > MOST_PACKS else None


def only_left(free: int) -> str:
    """Say how many packs there are."""
    return ngettext("Only %(num)s pack left.", "Only %(num)s packs left.", free)
