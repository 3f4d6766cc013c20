"""The helper's forms for a household without a phone."""

from typing import Any

from wtforms import FileField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.helping.forms import MONTHS
from cooperatives.households.services import Household
from shop.core.forms import NOT_LISTED, AtMost, Form, Needed, PhoneField, PlainTextField
from shop.core.i18n import LANGUAGE_NAMES
from shop.core.i18n import lazy_gettext as _l
from shop.core.sound.notes import Note, note_of
from shop.places.models import Commune
from shop.places.names import shown_name


class SpokenForm(Form):
    """The yes that was said aloud, and for how long."""

    months = RadioField(
        _l("For how long"),
        [Needed(_l("Choose how long."))],
        choices=[SelectChoice(months, name) for months, name in MONTHS.items()],
        default="12",
    )
    voice = FileField(_l("The recording"))

    def note(self) -> Note:
        """Return the recording made anew; raises a DomainError with the sentence for the person."""
        return note_of(self.voice.data.read() if self.voice.data else b"")


class HouseholdForm(SpokenForm):
    """Who the household is."""

    person = PlainTextField(_l("Who speaks for the household"), [Needed(_l("Enter a name.")), AtMost(100)])
    name = PlainTextField(_l("Name buyers will see"), [Needed(_l("Enter the name.")), AtMost(120)])
    commune_code = SelectField(_l("Commune"), [Needed(_l("Choose the commune."))], validate_choice=False)
    hamlet = PlainTextField(_l("Hamlet"), [AtMost(120)])
    phone = PhoneField(
        _l("Phone number that buyers may call"), [Needed(_l("Enter a phone number, for example 0912 345 678."))]
    )
    language = RadioField(
        _l("The language they spoke"),
        choices=[SelectChoice(lang, name) for lang, name in LANGUAGE_NAMES.items()],
        default="vi",
    )

    def offer(self, communes: list[Commune]) -> None:
        """List the communes in which the helper's teams help."""
        self.commune_code.choices = [SelectChoice("", str(_l("Choose the commune")))]
        self.commune_code.choices += [SelectChoice(one.code, shown_name(one)) for one in communes]

    def validate_commune_code(self, field: Any) -> None:
        """Only a commune of the list."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(NOT_LISTED)

    def household(self) -> Household:
        """Return what was typed as the service takes it."""
        return Household(
            self.name.data,
            self.person.data,
            self.commune_code.data,
            self.hamlet.data,
            self.phone.data or "",
            self.language.data,
        )


class OwnPhoneForm(Form):
    """The phone that the household has now."""

    phone = PhoneField(_l("Their own phone number"), [Needed(_l("Enter the phone number of the person."))])
