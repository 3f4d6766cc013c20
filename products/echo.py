"""The price as the form says it back: in words, and for a kilogram or litre, so that a slipped zero is heard."""

from products.catalogue import UNITS, unit_name
from products.packs import base_unit, compared
from products.reading import pack_amount_of, price_of
from shop.core.errors import DomainError
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.money import AmbiguousMoney, BadMoney, in_words


def price_echo(price: str, unit: str, pack_amount: str) -> str:
    """Return what to say about three typed texts; '' for what is no price, a question for one that is unclear."""
    try:
        amount = price_of(price)
    except AmbiguousMoney as both:
        return str(both.sentence)
    except BadMoney:
        return ""
    words, name = in_words(amount, current_language()), unit_name(unit, current_language())
    said = _("%(words)s for one %(unit)s", words=words, unit=name) if name else words
    packed = _packed(unit, pack_amount)
    each = compared(amount, packed, base_unit(unit)) if packed else ""
    return f"{said} · {each}" if each else said


def _packed(unit: str, text: str) -> int | None:
    if unit not in UNITS or not text:
        return UNITS[unit].amount if unit in UNITS else None
    try:
        return pack_amount_of(text, unit)
    except DomainError:
        return None
