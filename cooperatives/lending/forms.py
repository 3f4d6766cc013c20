"""What was handed to whom."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.lending.models import Terms, Thing
from cooperatives.lending.services import Told
from cooperatives.models import Cooperative
from cooperatives.teams.models import Programme
from shop.core.forms import NOT_LISTED, DayField, Form, Needed
from shop.core.i18n import lazy_gettext as _l

THINGS = {Thing.PHONE: _l("Phone"), Thing.SIM: _l("SIM card")}
TERMS = {Terms.GIVEN: _l("Given"), Terms.LENT: _l("Lent")}


class HandoverForm(Form):
    """Household, programme, what, on which terms, when."""

    seller = SelectField(_l("Household or cooperative"), [Needed(_l("Choose who got it."))], validate_choice=False)
    programme = SelectField(_l("Programme"), [Needed(_l("Choose the programme."))], validate_choice=False)
    thing = RadioField(
        _l("What"),
        choices=[SelectChoice(one.value, name) for one, name in THINGS.items()],
        default=Thing.PHONE.value,
    )
    terms = RadioField(
        _l("Terms"),
        choices=[SelectChoice(one.value, name) for one, name in TERMS.items()],
        default=Terms.LENT.value,
    )
    handed_on = DayField(_l("Day"), [Needed(_l("Enter the day like this: 16/2/2027"))])

    def offer(self, sellers: list[Cooperative], programmes: list[Programme]) -> None:
        """List the households and the programmes."""
        self.seller.choices = [SelectChoice("", str(_l("Choose who got it.")))]
        self.seller.choices += [SelectChoice(one.code, f"{one.name}, {one.commune.short_name}") for one in sellers]
        self.programme.choices = [SelectChoice("", str(_l("Choose the programme.")))]
        self.programme.choices += [SelectChoice(one.code, one.name) for one in programmes]

    def validate_seller(self, field: Any) -> None:
        """Only somebody of the list."""
        _listed(field)

    def validate_programme(self, field: Any) -> None:
        """Only one of the list."""
        _listed(field)

    def told(self) -> Told:
        """Return what was chosen as the service takes it."""
        assert self.handed_on.data is not None
        return Told(Thing(self.thing.data), Terms(self.terms.data), self.handed_on.data)


def _listed(field: Any) -> None:
    if field.data and field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(NOT_LISTED)
