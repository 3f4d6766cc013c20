"""What people typed into the product form, read into values; texts that cannot be read say why."""

from collections.abc import Callable
from typing import Any

from products.catalogue import UNITS, unit_name
from products.fields import MORE_PACKS, pack_field
from products.packs import BadAmount, base_unit, parse_amount, parse_cm, parse_days, parse_permille
from shop.core.errors import DomainError
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l
from shop.core.money import AmbiguousMoney, BadMoney, parse_money
from shop.core.quantity import BadCount, parse_count

MOST_AT_ONCE = 999  # packs of one line of a cart

Reader = Callable[[str, str], int]  # (text, unit code) -> value


def price_of(text: str, meant: str = "") -> int:
    """Return the đồng above 0 in a price text; `meant` settles 1.250: one of the two amounts it may be.

    Raises AmbiguousMoney, which offers both, or BadMoney.
    """
    try:
        amount = parse_money(text)
    except AmbiguousMoney as both:
        if meant in {str(both.low), str(both.high)}:
            return int(meant)
        raise
    if amount == 0:
        raise BadMoney
    return amount


def pack_amount_of(text: str, unit: str) -> int:
    """Return the base units in one pack; raises BadAmount, also where the word says another amount already."""
    amount = parse_amount(text, base_unit(unit))
    fixed = UNITS[unit].amount if unit in UNITS else None
    if fixed is not None and amount != fixed:
        word = unit_name(unit, current_language())
        raise BadAmount(_l("One %(unit)s is always the same amount. Leave this empty, or sell by pack.", unit=word))
    return amount


def packs_at_once(text: str) -> int:
    """Return the packs somebody orders at once; raises BadCount, also for none and for more than a cart holds."""
    packs = parse_count(text)
    if packs < 1:
        raise BadCount(_l("Enter 1 or more, or leave this empty."))
    if packs > MOST_AT_ONCE:
        raise BadCount(_l("At most %(most)s packs at a time.", most=MOST_AT_ONCE))
    return packs


READERS: dict[str, Reader] = {
    "price": lambda text, unit: price_of(text),
    "pack_amount": pack_amount_of,
    "quantity": lambda text, unit: parse_count(text),
    "net_weight": lambda text, unit: parse_amount(text, "g"),
    "packed_weight": lambda text, unit: parse_amount(text, "g"),
    "length": lambda text, unit: parse_cm(text),
    "width": lambda text, unit: parse_cm(text),
    "height": lambda text, unit: parse_cm(text),
    "shelf_life": lambda text, unit: parse_days(text),
    "alcohol": lambda text, unit: parse_permille(text),
    "min_order": lambda text, unit: packs_at_once(text),
    "order_step": lambda text, unit: packs_at_once(text),
}


READERS |= {
    pack_field(number, part): READERS[reader]
    for number in MORE_PACKS
    for part, reader in {"amount": "pack_amount", "price": "price", "quantity": "quantity"}.items()
}


def read(field: str, text: str, unit: str) -> int:
    """Return the value of a typed number; raises a DomainError whose sentence belongs beside the field."""
    return READERS[field](text, unit)


def complaint(field: str, text: str, unit: str) -> Any:
    """Return the sentence that says why a text cannot be read, or None when it can."""
    try:
        read(field, text, unit)
    except DomainError as problem:
        return problem.sentence
    return None


def readings(text: str) -> tuple[int, int] | None:
    """Return the two amounts (đồng) that a price text may mean, or None when it is clear or no price at all."""
    try:
        parse_money(text)
    except AmbiguousMoney as both:
        return both.low, both.high
    except BadMoney:
        return None
    return None
