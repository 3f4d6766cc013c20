"""One form for each task; the questions about who one is fit the legal shape."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.identity.forms import NumberFields
from cooperatives.models import Kind
from cooperatives.words import KIND_NAMES
from shop.core.forms import NOT_LISTED, AtMost, Form, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.places.models import Commune
from shop.places.names import shown_name

FITTING = {  # which numbers are asked of whom
    Kind.COOPERATIVE: ("registration_number", "tax_code"),
    Kind.GROUP: ("citizen_number", "tax_code"),
    Kind.HOUSEHOLD: ("citizen_number", "registration_number"),
}


class KindForm(Form):
    """The legal shape."""

    kind = RadioField(
        _l("Who are you?"),
        invalid_choice_message=_l("Choose cooperative, household group or household."),
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
    )


class BeginForm(KindForm):
    """The first page: the legal shape and a name."""

    name = PlainTextField(_l("Name buyers will see"), [Needed(_l("Enter the name.")), AtMost(120)])


class PlaceForm(Form):
    """Commune and hamlet."""

    commune_code = SelectField(_l("Commune"), [Needed(_l("Choose the commune."))], validate_choice=False)
    hamlet = PlainTextField(_l("Hamlet"), [AtMost(120)])

    def offer(self, communes: list[Commune]) -> None:
        """List the communes of the home province."""
        self.commune_code.choices = [SelectChoice("", str(_l("Choose the commune")))]
        self.commune_code.choices += [SelectChoice(one.code, shown_name(one)) for one in communes]

    def validate_commune_code(self, field: Any) -> None:
        """Only a commune of the list."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(NOT_LISTED)


class WhoForm(NumberFields):
    """Name, contact and the numbers that fit the legal shape; the others are taken off the form."""

    name = PlainTextField(_l("Name buyers will see"), [Needed(_l("Enter the name.")), AtMost(120)])
    contact_name = PlainTextField(_l("Whom buyers may call"), [Needed(_l("Enter a name.")), AtMost(100)])
    contact_phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678."))])
    of_kind: Kind

    @property
    def shape(self) -> Kind | None:
        """The seller's legal shape."""
        return self.of_kind

    def fit(self, kind: Kind) -> None:
        """Ask only for what this legal shape has; a tax code of twelve digits needs the citizen number's field."""
        self.of_kind = kind
        for name in ("citizen_number", "registration_number", "tax_code"):
            if name not in FITTING[kind] and name in self:
                del self[name]

    def profile(self) -> dict[str, str | None]:
        """Return what was typed by the columns of a cooperative."""
        told: dict[str, str | None] = {
            "name": self.name.data,
            "contact_name": self.contact_name.data,
            "contact_phone": self.contact_phone.data,
        }
        numbers = ("registration_number", "tax_code")
        return told | {name: self[name].data or None for name in numbers if name in self}
