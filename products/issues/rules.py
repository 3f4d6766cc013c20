"""The reasons for which goods come back: one sentence each, why, a drawn example, and the field that mends it."""

from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l


class Rule(NamedTuple):
    """A reason: the field of the product form it points at (one of `products.fields.LABELS`) and a sentence.

    `why` explains it to whoever asks, `example` names a drawing under static/img/examples. `params` of an issue fill
    the places of the sentence.
    """

    field: str
    sentence: Any
    why: Any = ""
    example: str = ""


WHOLE = _l("The goods as a whole")
OTHER = "other"  # in the person's own words; the field is the person's choice, "" means the goods as a whole
REFUSED = "refused"  # by a channel, with a code nobody has explained here yet
_DARK = _l("Stand by the door or outside in the shade, the light behind you. No flash.")
_BLURRED = _l("Hold the phone with both hands. Tap on the goods on the screen, wait a moment, then take the photo.")

# What officers give; the first nine also by their number on the keyboard, so their order stays.
BY_OFFICERS: dict[str, Rule] = {
    "photo_label": Rule(
        "photos",
        _l("The words on the label cannot be read. Take the photo closer."),
        _l("Buyers read weight, producer and date on it. Fill the photo with the label, held straight."),
        "label",
    ),
    "photo_dark": Rule("photos", _l("The photo is a little dark. Daylight works better."), _DARK, "dark"),
    "photo_blurred": Rule(
        "photos", _l("The photo is a little blurred. Hold still, tap on the goods."), _BLURRED, "blurred"
    ),
    "photo_cover": Rule(
        "photos",
        _l("The first photo does not show the goods. Put another one first."),
        _l("Buyers see only the first photo in lists. It shows the goods alone, near and whole."),
        "cover",
    ),
    "name_unclear": Rule(
        "name",
        _l("The name does not say clearly what it is."),
        _l("Say what it is, of which kind and from where, as you would on the market: Green tea, Bình Lư, 200 g bag."),
        "name",
    ),
    "price_unusual": Rule(
        "price",
        _l("The price is unusual. Look at the zeros again."),
        _l("The price is for one pack. If it is right, write in the story why it is higher or lower."),
        "price",
    ),
    "text_short": Rule(
        "story",
        _l("The text is too short. Tell where and how it is made."),
        _l("Two or three sentences are enough: who makes it, where, how, and how to use it."),
    ),
    "health_claim": Rule(
        "story",
        _l("The text promises healing. Take those words out."),
        _l("Food may not be sold as a medicine (Decree 15/2018, Law on Advertising). Say how it tastes and is used."),
        "claim",
    ),
    "paper_missing": Rule(
        "photos",
        _l("A paper is still missing. Add a photo of it."),
        _l("The whole paper, flat, by daylight; number and stamp can be read."),
        "label",
    ),
    "photo_packaging": Rule(
        "photos",
        _l("The pack cannot be seen. Take one photo as it is sold, beside something that shows its size."),
        _l("Buyers want to know how large it is and how it comes. Lay a hand or a cup beside it."),
        "packaging",
    ),
    "photo_few": Rule(
        "photos",
        _l("One photo is too few. Add one from near and one of the label."),
        _l("Goods with three photos sell better: the whole, the label, the pack."),
    ),
    "photo_small": Rule(
        "photos",
        _l("The photo is small. Choose the original from the camera."),
        _l("Photos that went through chats are made small. Choose it from the camera's own folder."),
    ),
    "photo_copied": Rule(
        "photos",
        _l("This photo is of other goods. Take one of your own."),
        _l("Buyers must get what they see. Take a photo of what you send."),
        "cover",
    ),
    "text_copied": Rule(
        "story",
        _l("The text is like that of other goods. Tell it in your own words."),
        _l("Say what is special about yours: your field, your way, your people."),
    ),
    "category_wrong": Rule("category", _l("The kind of goods does not fit. Choose another.")),
    "unit_against_name": Rule(
        "unit",
        _l("The unit and the name do not agree."),
        _l("If the name says 500 g or bottle, then the pack says so too."),
    ),
    "quantity": Rule("quantity", _l("The quantity does not look right. Count again.")),
    "season_wrong": Rule("season", _l("The months do not fit these goods. Look at them again.")),
    "label_missing": Rule(
        "ingredients",
        _l("Packed food must say this on its label. Fill it in here too."),
        _l("Name, net weight, ingredients, producer and address, dates, how to keep it: the label law asks for them."),
        "label",
    ),
    "origin_unclear": Rule("origin", _l("Say which commune it comes from.")),
}
BY_OTHERS: dict[str, Rule] = {  # what only channels refuse for
    "name_length": Rule("name", _l("The name is too short or too long there. Say kind, place and weight in it.")),
    "name_signs": Rule("name", _l("The name has signs that are not taken there. Use letters and digits.")),
    "text_length": Rule("story", _l("The text is too short or too long there.")),
    "photo_number": Rule("photos", _l("There are too few or too many photos for that place.")),
    "photo_refused": Rule("photos", _l("A photo was not taken there. Put in another, large and without writing.")),
    "price_range": Rule("price", _l("The price lies outside of what is taken there.")),
    "weight_size": Rule("packed_weight", _l("Weight or size when packed is missing or too large there.")),
    "fact_missing": Rule("ingredients", _l("A detail is missing that is needed there. Fill in the label's details.")),
    "kind_not_taken": Rule("category", _l("This kind of goods is not taken there, or needs papers.")),
    REFUSED: Rule("", _l("%(place)s did not take it. The answer was: %(said)s")),
    OTHER: Rule("", _l("Something else is to be mended.")),
}
RULES: dict[str, Rule] = BY_OFFICERS | BY_OTHERS
KEYS = {code: str(place) for place, code in enumerate(BY_OFFICERS, 1) if place <= 9}  # of the keyboard
