"""The sentences of the line of time, and kept values as people read them."""

from collections.abc import Callable, Mapping
from typing import Any

from products.allergens import allergen_names
from products.catalogue import SHIP_CLASSES, UNITS, category_name, ship_class_name, unit_name
from products.fields import LABELS, SIZE
from products.season import month_bit, season_text
from shop.audit.models import AuditEntry
from shop.core.formats import show_money, show_number
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.places import queries as places


def event_sentence(event: AuditEntry, packs: Mapping[str, str]) -> str:
    """Say what happened; `packs` are the packs of the goods in words, by the code of their SKU."""
    facts = event.facts
    pack = packs.get(facts.get("sku", ""), "")
    tell = _OF_A_PACK.get(event.action)
    return tell(facts, pack) if tell else _plain(event)


def _price(facts: dict[str, Any], pack: str) -> str:
    said = {"pack": pack, "old": show_money(facts["before"]), "new": show_money(facts["after"])}
    sentences = {
        "approved": _("Price of %(pack)s by the approval: %(old)s → %(new)s", **said),
        "sale_began": _("Sale of %(pack)s: %(old)s → %(new)s", **said),
        "sale_ended": _("Sale of %(pack)s over: %(old)s → %(new)s", **said),
    }
    return sentences.get(facts.get("reason", "")) or _("Price of %(pack)s: %(old)s → %(new)s", **said)


def _usual(facts: dict[str, Any], pack: str) -> str:
    old, new = show_money(facts["before"]), show_money(facts["after"])
    return _("Usual price of %(pack)s: %(old)s → %(new)s", pack=pack, old=old, new=new)


def _planned(facts: dict[str, Any], pack: str) -> str:
    return _("Sale of %(pack)s planned: %(price)s", pack=pack, price=show_money(facts["price"]))


def _called_off(_facts: dict[str, Any], pack: str) -> str:
    return _("Sale of %(pack)s called off", pack=pack)


def _count(facts: dict[str, Any], pack: str) -> str:
    said = {"pack": pack, "old": show_number(facts["before"]), "new": show_number(facts["after"])}
    return _("On hand, %(pack)s: %(old)s → %(new)s", **said)


def _opened(facts: dict[str, Any], pack: str) -> str:
    return _("New on sale: %(pack)s, %(price)s", pack=pack, price=show_money(facts["price"]))


_OF_A_PACK: dict[str, Callable[[dict[str, Any], str], str]] = {
    "price_changed": _price,
    "usual_price_changed": _usual,
    "sale_planned": _planned,
    "sale_cancelled": _called_off,
    "stock_counted": _count,
    "sku_opened": _opened,
}


def _plain(event: AuditEntry) -> str:
    number = event.facts.get("revision", "")
    season = {"on": _("In season"), "off": _("Season over"), "by_month": _("By the months")}
    sentences = {
        "crop_failed": _("Crop failed"),
        "pause": _("Paused"),
        "resume": _("Put on sale again"),
        "withdraw": _("Withdrawn for good"),
        "taken_back": _("Version %(number)s was taken back", number=number),
        "reopened": _("Version %(number)s was opened again to mend it", number=number),
        "season_said": _("Season: %(word)s", word=season.get(event.facts.get("after", ""), "")),
        "voice_changed": _("Another spoken note in the draft")
        if event.facts.get("voice")
        else _("The spoken note was taken out of the draft"),
        "suggestion_made": _("Suggested other words: %(field)s", field=_label(event)),
        "suggestion_taken": _("Took over the officer's words: %(field)s", field=_label(event)),
        "suggestion_declined": _("Declined the officer's words: %(field)s", field=_label(event)),
        "copied": _("Begun as a copy of other goods"),
        "restored": _("The words of version %(number)s were taken again", number=event.facts.get("source", "")),
    }
    return sentences.get(event.action, event.action)


def _label(event: AuditEntry) -> str:
    return str(LABELS.get(event.facts.get("field", ""), ""))


def in_words(field: str, value: Any) -> str:
    """Return a kept value of a field (products.written) as people read it; photos have no words."""
    if field == "season":
        return season_text(sum(month_bit(month) for month in value)) or _("all year")
    if field == "photos" or not value:
        return ""
    field = "unit" if field.endswith("_unit") else field
    read = _READ.get(field)
    return read(value, current_language()) if read else _number(field, str(value))


def _unit(code: str, lang: str) -> str:
    return unit_name(code, lang) if code in UNITS else code


def _travels(code: str, lang: str) -> str:
    return ship_class_name(code, lang) if code in SHIP_CLASSES else ""


def _place(code: str, _lang: str) -> str:
    found = places.commune(code)
    return found.name if found else ""


def _number(field: str, text: str) -> str:
    last = field.rpartition("_")[2]
    if not (text.isascii() and text.isdecimal()):
        return text
    if last == "price":
        return show_money(int(text))
    if field in SIZE:
        return f"{text} cm"
    return f"{text}%" if field == "alcohol" else text


_READ: dict[str, Callable[[Any, str], str]] = {
    "allergens": allergen_names,
    "category": category_name,
    "ship_class": _travels,
    "origin": _place,
    "unit": _unit,
}
