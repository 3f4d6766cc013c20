"""The fields of the product form: one name each, for the form, the issues and the officer's reasons."""

from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l

REQUIRED = {
    "photos": _l("Photos"),
    "name": _l("Name of the goods"),
    "category": _l("Kind of goods"),
    "price": _l("Price"),
    "unit": _l("Sold by"),
    "pack_amount": _l("How much is in one"),
    "quantity": _l("How many you have now"),
}
OPTIONAL = {
    "summary": _l("In one sentence"),
    "story": _l("The story of these goods"),
    "season": _l("Months in season"),
    "origin": _l("Where it comes from"),
    "net_weight": _l("Weight of one"),
    "packed_weight": _l("Weight when packed"),
    "length": _l("Length when packed"),
    "width": _l("Width when packed"),
    "height": _l("Height when packed"),
    "ingredients": _l("Ingredients"),
    "allergens": _l("Some people cannot eat"),
    "shelf_life": _l("Keeps for"),
    "storage": _l("How to keep it"),
    "usage": _l("How to use it"),
    "warning": _l("Take care"),
    "alcohol": _l("Alcohol in it"),
    "min_order": _l("Least one may order"),
    "order_step": _l("And then so many more"),
    "weighed": _l("Weighed when packed"),
    "ship_class": _l("How it travels"),
    "name_en": _l("Name in English"),
    "summary_en": _l("In one sentence, in English"),
    "story_en": _l("The story in English"),
    "name_hi": _l("Name in Hindi"),
    "summary_hi": _l("In one sentence, in Hindi"),
    "story_hi": _l("The story in Hindi"),
}
MORE_PACKS = (1, 2, 3)  # other packs one revision may propose
PACK_PARTS = {"unit": "", "amount": "pack_amount", "price": "price", "quantity": "quantity"}  # part: how it is read


def pack_field(number: int, part: str) -> str:
    """Return the name of the field that asks for a part (of PACK_PARTS) of another pack: more1_price."""
    return f"more{number}_{part}"


def _pack_labels(number: int) -> dict[str, Any]:
    words = {
        "unit": _l("Other pack %(number)s: sold by", number=number),
        "amount": _l("Other pack %(number)s: how much is in one", number=number),
        "price": _l("Other pack %(number)s: price", number=number),
        "quantity": _l("Other pack %(number)s: how many you have now", number=number),
    }
    return {pack_field(number, part): label for part, label in words.items()}


OTHER_PACKS = {field: label for number in MORE_PACKS for field, label in _pack_labels(number).items()}
LABELS = REQUIRED | OPTIONAL | OTHER_PACKS
LISTS = ("season", "allergens")  # several values are chosen
LONGEST = {  # characters
    "name": 120,
    "name_en": 120,
    "name_hi": 120,
    "summary": 300,
    "summary_en": 300,
    "summary_hi": 300,
    "story": 5000,
    "story_en": 5000,
    "story_hi": 5000,
    "ingredients": 1000,
    "storage": 300,
    "usage": 500,
    "warning": 300,
}
LONG = ("story", "story_en", "story_hi", "ingredients")  # more than one line
LABEL_TEXTS = ("ingredients", "usage", "storage", "warning")  # texts of the label, in Vietnamese
WORDS = {  # field -> language and part of the revision's texts
    "name": ("vi", "name"),
    "summary": ("vi", "summary"),
    "story": ("vi", "story"),
    "name_en": ("en", "name"),
    "summary_en": ("en", "summary"),
    "story_en": ("en", "story"),
    "name_hi": ("hi", "name"),
    "summary_hi": ("hi", "summary"),
    "story_hi": ("hi", "story"),
}
NUMBERS = {  # field -> column of the revision; the text that cannot be read waits beside it
    "price": "proposed_price",
    "pack_amount": "pack_amount",
    "quantity": "proposed_quantity",
    "net_weight": "net_grams",
    "packed_weight": "packed_grams",
    "length": "length_cm",
    "width": "width_cm",
    "height": "height_cm",
    "shelf_life": "shelf_life_days",
    "alcohol": "alcohol_permille",
    "min_order": "least_packs",
    "order_step": "step_packs",
}
SIZE = ("length", "width", "height")
MOST_PHOTOS = 9  # what the strictest channels take
SLOTS = ("whole", "label", "packed")  # what the form asks to be photographed first


class Group(NamedTuple):
    """Some details under one heading, with the fields in the order of the form."""

    heading: Any
    fields: tuple[str, ...]


GROUPS = (
    Group(_l("Tell about it"), ("summary", "story", "season", "origin")),
    Group(_l("Weight and size"), ("net_weight", "packed_weight", *SIZE)),
    Group(
        _l("What the label says"),
        ("ingredients", "allergens", "shelf_life", "storage", "usage", "warning", "alcohol"),
    ),
    Group(_l("How it is sold and sent"), ("weighed", "min_order", "order_step", "ship_class")),
    Group(_l("In English"), ("name_en", "summary_en", "story_en")),
    Group(_l("In Hindi"), ("name_hi", "summary_hi", "story_hi")),
)
