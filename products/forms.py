"""The product form: six things first, everything else optional; texts stay as typed, the services read them."""

from typing import Any, Self

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from products import policies
from products.allergens import ALLERGENS
from products.catalogue import CATEGORIES, SHIP_CLASSES, TYPES, UNITS, guess_categories, months
from products.fields import LABELS, LISTS, LONG, LONGEST, MORE_PACKS, OTHER_PACKS, pack_field
from products.models import ProductRevision
from products.reading import readings
from products.weighing import WITHIN
from products.written import written
from shop.core.errors import Conflict
from shop.core.formats import show_money, show_number, show_words
from shop.core.forms import Form, LongTextField, PlainTextField
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.places import queries as places

COMMON_UNITS = ("kg", "goi", "chai", "con", "bo")
_CLEAR_ABOVE = 10_000  # a grouped number above this reads one way only


def _text(field: str) -> PlainTextField:
    most = {"maxlength": LONGEST[field]} if field in LONGEST else {}
    if field in LONG:
        return LongTextField(LABELS[field], render_kw={"rows": 3 if field == "ingredients" else 6} | most)
    return PlainTextField(LABELS[field], render_kw=most or None)


def _boxes(field: str) -> SelectMultipleField:
    drawn = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
    return SelectMultipleField(LABELS[field], validate_choice=False, **drawn)


class ProductForm(Form):
    """Nothing is refused here: a draft keeps whatever was typed, and `explain` says what is still missing."""

    draft_key = HiddenField()  # made with the empty form, so that the same draft sent twice is one product
    page = HiddenField()  # the page's own key: it may save again and again
    version = HiddenField()  # of the draft this page was made from
    price_ok = HiddenField()  # the unusual price the person has confirmed
    photos = StringField(LABELS["photos"])  # only for its errors: photos travel one by one
    name = _text("name")
    category = RadioField(LABELS["category"], validate_choice=False)
    price = _text("price")
    price_meant = RadioField(_l("Which price is meant?"), validate_choice=False)
    unit = RadioField(LABELS["unit"], validate_choice=False)
    pack_amount = _text("pack_amount")
    quantity = _text("quantity")
    summary = _text("summary")
    story = _text("story")
    season = _boxes("season")
    origin = SelectField(LABELS["origin"], validate_choice=False)
    net_weight = _text("net_weight")
    packed_weight = _text("packed_weight")
    length = _text("length")
    width = _text("width")
    height = _text("height")
    ingredients = _text("ingredients")
    allergens = _boxes("allergens")
    shelf_life = _text("shelf_life")
    storage = _text("storage")
    usage = _text("usage")
    warning = _text("warning")
    alcohol = _text("alcohol")
    weighed = SelectField(LABELS["weighed"], validate_choice=False)
    min_order = _text("min_order")
    order_step = _text("order_step")
    ship_class = SelectField(LABELS["ship_class"], validate_choice=False)
    name_en = _text("name_en")
    summary_en = _text("summary_en")
    story_en = _text("story_en")
    name_hi = _text("name_hi")
    summary_hi = _text("summary_hi")
    story_hi = _text("story_hi")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos.data = ""
        self._offer()

    @classmethod
    def of_revision(cls, revision: ProductRevision, **hidden: Any) -> Self:
        """Fill the form from a draft, or from what is live; texts that could not be read stand as they were typed."""
        values = written(revision)
        values["season"] = [str(month) for month in values["season"]]
        price = revision.proposed_price
        if price is not None and price >= _CLEAR_ABOVE and "price" not in policies.typed_texts(revision):
            values["price"] = show_number(price)
        return cls(data=values | {"photos": "", "version": str(revision.version or 0)} | hidden)

    def values(self) -> dict[str, Any]:
        """Return what was typed, by field, for `services.save_draft`."""
        given = {name: self[name].data or "" for name in (*LABELS, "price_meant") if name not in {"photos", *LISTS}}
        chosen = [month for month in self.season.data or [] if month.isascii() and month.isdecimal()]
        return given | {
            "season": [int(month) for month in chosen if len(month) <= 2],
            "allergens": self.allergens.data or [],
        }

    @property
    def seen(self) -> int:
        """The version of the draft this page was made from; 0 when there was none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def page_key(self) -> str:
        """The page's own key, cut to a sensible length."""
        return (self.page.data or "")[:40]

    def explain(self, problems: list[policies.Problem]) -> None:
        """Put each problem beside its field."""
        for name, sentence in problems:
            self[name].errors = [*self[name].errors, sentence]

    def overtake(self, version: int, problem: Conflict) -> None:
        """Say that the draft moved on; what was typed stays, and the next save is made from the present draft."""
        self.version.data = str(version)
        self.refuse(problem)

    @property
    def first_categories(self) -> int:
        """How many of the categories are guessed from the name or chosen: they stand first."""
        return self._guessed

    @property
    def first_units(self) -> int:
        """How many of the units come to mind for this category: they stand first."""
        return self._near

    def _offer(self) -> None:
        lang = current_language()
        guessed = [category.code for category in guess_categories(self.name.data or "")]
        first = [code for code in dict.fromkeys([*guessed, self.category.data or ""]) if code in CATEGORIES]
        self._guessed = len(first)
        self.category.choices = [
            SelectChoice(code, CATEGORIES[code].names[lang], {"data-units": " ".join(CATEGORIES[code].units)})
            for code in dict.fromkeys([*first, *CATEGORIES])
        ]
        category = CATEGORIES.get(self.category.data or (guessed[0] if guessed else ""))
        near = [*(category.units if category else COMMON_UNITS), self.unit.data or ""]
        near = [code for code in dict.fromkeys(near) if code in UNITS]
        self._near = len(near)
        self.unit.choices = [
            SelectChoice(code, UNITS[code].names[lang], {"data-fixed": "" if UNITS[code].amount is None else "1"})
            for code in dict.fromkeys([*near, *UNITS])
        ]
        self.season.choices = [SelectChoice(str(month), _("Month %(number)s", number=month)) for month in range(1, 13)]
        usual = SelectChoice("", _("As these goods usually do"))
        self.ship_class.choices = [usual, *(SelectChoice(one.code, one.names[lang]) for one in SHIP_CLASSES.values())]
        as_it_is = SelectChoice("", _("No, sold as it is"))
        spread = [SelectChoice(str(one), _("Yes, at most ±%(percent)s%%", percent=one)) for one in WITHIN]
        self.weighed.choices = [as_it_is, *spread]
        units = [SelectChoice("", _("Choose")), *(SelectChoice(code, unit.names[lang]) for code, unit in UNITS.items())]
        for number in MORE_PACKS:
            self[pack_field(number, "unit")].choices = units
        self.allergens.choices = [SelectChoice(code, names[lang]) for code, names in ALLERGENS.items()]
        self.origin.choices = [SelectChoice("", _("Where the seller is")), *_communes(self.origin.data or "")]
        self.price_meant.choices = [
            SelectChoice(str(amount), f"{show_money(amount)} ({show_words(amount)})")
            for amount in readings(self.price.data or "") or ()
        ]


for _name in OTHER_PACKS:  # three times the same four questions
    _asks = SelectField(LABELS[_name], validate_choice=False) if _name.endswith("unit") else _text(_name)
    setattr(ProductForm, _name, _asks)


def _communes(chosen: str) -> list[SelectChoice]:
    found = places.communes_of(settings().home_province)
    elsewhere = places.commune(chosen) if chosen not in {one.code for one in found} else None
    return [SelectChoice(one.code, one.name) for one in [*found, *([elsewhere] if elsewhere else [])]]


def season_hint(revision: ProductRevision) -> list[int]:
    """Return the usual months of the known type, to show beside the question; [] when nothing is known."""
    known = TYPES.get(revision.type_code or "")
    return months(known.season_months) if known else []
