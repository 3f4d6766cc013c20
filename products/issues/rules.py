"""The reasons for which a revision comes back: one sentence each, tied to the field of the form that mends it."""

from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l


class Rule(NamedTuple):
    """A reason: the field of the product form it points at (one of `products.fields.LABELS`) and a sentence."""

    field: str
    sentence: Any


WHOLE = _l("The goods as a whole")
OTHER = "other"  # in the person's own words; the field is the person's choice, "" means the goods as a whole
RULES: dict[str, Rule] = {
    "photo_label": Rule("photos", _l("The words on the label cannot be read. Take the photo closer.")),
    "photo_dark": Rule("photos", _l("The photo is a little dark. Daylight works better.")),
    "name_unclear": Rule("name", _l("The name does not say clearly what it is.")),
    "category_wrong": Rule("category", _l("The kind of goods does not fit. Choose another.")),
    "price_unusual": Rule("price", _l("The price is unusual. Look at the zeros again.")),
    "unit_against_name": Rule("unit", _l("The unit and the name do not agree.")),
    "quantity": Rule("quantity", _l("The quantity does not look right. Count again.")),
    "health_claim": Rule("story", _l("The text promises healing. Take those words out.")),
    "text_short": Rule("story", _l("The text is too short. Tell where and how it is made.")),
    "paper_missing": Rule("photos", _l("A paper is still missing. Add a photo of it.")),
    OTHER: Rule("", _l("Something else is to be mended.")),
}
