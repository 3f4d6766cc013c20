"""The fields of the product form: one name each, for the form, the issues and the officer's reasons."""

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
    "net_weight": _l("Weight of one"),
    "shelf_life": _l("Keeps for"),
    "storage": _l("How to keep it"),
    "ship_class": _l("How it travels"),
    "name_en": _l("Name in English"),
    "name_hi": _l("Name in Hindi"),
}
LABELS = REQUIRED | OPTIONAL
LONGEST = {  # characters
    "name": 120,
    "name_en": 120,
    "name_hi": 120,
    "summary": 300,
    "story": 5000,
    "storage": 300,
}
MOST_PHOTOS = 9  # what the strictest channels take
SLOTS = ("whole", "label", "packed")  # what the form asks to be photographed first
