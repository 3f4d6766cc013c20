"""Checks of what is sold: the price, the pack against the name, the season, the papers of its kind."""

import re
from collections.abc import Iterable

from products.catalogue import TYPES, UNITS, months, price_band
from products.checklist.lines import LOOK, PASS, WRONG, Check
from products.models import ProductRevision
from products.packs import pack_text
from products.requirements import asked_of
from products.search.prepare import marked
from products.season import season_text
from shop.core.formats import show_money
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.text import plain_digits

_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,5}(?:[.,]\d{1,2})?) ?(kg|gr?|gam|ml|lít|l)(?!\w)", re.IGNORECASE)
_BASE = {"kg": ("g", 1000), "g": ("g", 1), "gr": ("g", 1), "gam": ("g", 1), "ml": ("ml", 1), "l": ("ml", 1000)}
# Words of a pack that say what is sold where they stand before an amount or at the end of a name: "chai 500 ml".
_PACKS = ("goi", "tui", "hop", "hu", "lo", "chai", "bao", "thung", "can")


def price_check(revision: ProductRevision) -> Check:
    """Look at the price beside the usual ones of its kind."""
    price = revision.proposed_price
    band = price_band(revision.type_code, revision.pack_word, revision.pack_amount or 0)
    if price is None or band is None or not band[1]:
        return Check(LOOK, "price", _("No usual price is known for these goods"))
    low, high = (show_money(amount) for amount in band)
    kind = PASS if band[0] <= price <= band[1] else LOOK
    return Check(kind, "price", _("Usually %(low)s to %(high)s for this pack", low=low, high=high))


def pack_agrees(revision: ProductRevision) -> bool | None:
    """Say whether name and pack agree; None where the name says nothing of a pack."""
    unit = UNITS.get(revision.pack_word)
    if unit is None:
        return None
    words = _named_packs(revision.name)
    amounts = {amount for base, amount in _named_amounts(revision.name) if base == unit.base_unit}
    if not (words or amounts):
        return None
    return (not words or unit.code in words) and (not amounts or revision.pack_amount in amounts)


def pack_checks(revision: ProductRevision) -> Iterable[Check]:
    """Look whether the name says another pack than the one that is sold; nothing where it says none."""
    agrees = pack_agrees(revision)
    if agrees is None:
        return
    pack = pack_text(revision.pack_word, revision.pack_amount or 0, current_language())
    if agrees:
        yield Check(PASS, "unit", _("Name and pack agree: %(pack)s", pack=pack))
    else:
        yield Check(LOOK, "unit", _("The name says another pack than %(pack)s", pack=pack))


def season_fits(revision: ProductRevision) -> bool | None:
    """Say whether the months lie within those usual for the type; None where one of them says all year."""
    known = TYPES.get(revision.type_code or "")
    if known is None or not known.season_months or not revision.season_months:
        return None
    return not revision.season_months & ~_with_neighbours(known.season_months)


def season_checks(revision: ProductRevision) -> Iterable[Check]:
    """Look at the months beside those usual for the type, a month earlier or later is none the worse."""
    known = TYPES.get(revision.type_code or "")
    if known is None or not known.season_months:
        return
    usual = season_text(known.season_months)
    fits = season_fits(revision)
    if fits is None:
        yield Check(LOOK, "season", _("Sold all year; usual is %(months)s", months=usual))
    else:
        yield Check(PASS if fits else LOOK, "season", _("Usual months: %(months)s", months=usual))


def paper_checks(revision: ProductRevision) -> Iterable[Check]:
    """Say what is to be known of these goods, and whether they are sold here at all."""
    asked, lang = asked_of(revision), current_language()
    if not asked.papers or not revision.type_code:
        yield Check(LOOK, "name", _("The kind is not known. See which papers it needs"))
    yield from (Check(WRONG, "name", sentence[lang]) for sentence in asked.forbidden)
    yield from (Check(LOOK, "name", sentence[lang]) for sentence in asked.said)


def _with_neighbours(mask: int) -> int:
    near = {(month + step - 1) % 12 + 1 for month in months(mask) for step in (-1, 0, 1)}
    return sum(1 << (month - 1) for month in near)


def _named_amounts(name: str) -> set[tuple[str, int]]:
    found = set()
    for number, unit in _AMOUNT.findall(plain_digits(name)):
        base, worth = _BASE["l" if unit.lower() == "lít" else unit.lower()]
        found.add((base, round(float(number.replace(",", ".")) * worth)))
    return found


def _named_packs(name: str) -> set[str]:
    """Return the units whose word stands in the name as a pack: last, or before a number; "chai" is no "chài"."""
    words = marked(name).split()
    named = {UNITS[code].names["vi"]: code for code in _PACKS}
    return {
        named[word]
        for word, following in zip(words, [*words[1:], "1"], strict=True)
        if word in named and following[:1].isdecimal()
    }
