"""The admin's forms of teams."""

from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from cooperatives.teams.models import Programme, Team
from shop.core.forms import AtMost, Form, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.places.models import Commune


class TeamForm(Form):
    """A team: its name, where it helps, for which programmes."""

    name = PlainTextField(_l("Name of the team"), [Needed(_l("Enter the name.")), AtMost(120)])
    communes = SelectMultipleField(
        _l("Communes where it helps"),
        [Needed(_l("Choose at least one commune."))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    programmes = SelectMultipleField(
        _l("Programmes"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def offer(self, communes: list[Commune], programmes: list[Programme]) -> None:
        """List the communes of the home province and the programmes."""
        self.communes.choices = [SelectChoice(one.code, one.short_name) for one in communes]
        self.programmes.choices = [SelectChoice(one.code, one.name) for one in programmes]

    @classmethod
    def of(cls, team: Team | None) -> "TeamForm":
        """Make the form from the request, or from what is stored."""
        if team is None:
            return cls.of_request()
        stored: dict[str, Any] = {
            "name": team.name,
            "communes": [one.code for one in team.communes],
            "programmes": [one.code for one in team.programmes],
        }
        return cls.of_request(data=stored)


class PersonForm(Form):
    """Who joins the team."""

    phone = PhoneField(_l("Phone number of the person"), [Needed(_l("Enter the phone number of the person."))])


class ProgrammeForm(Form):
    """A programme's name."""

    name = PlainTextField(_l("New programme"), [Needed(_l("Enter the name.")), AtMost(120)])
