"""The form that says who is away, from when to when, and who stands in."""

from datetime import date

from wtforms import SelectField

from shop.core.forms import DayField, Form, Needed
from shop.core.i18n import lazy_gettext as _l


class AbsenceForm(Form):
    """Who, who instead, and the first and last day; an officer enters only his own."""

    officer = SelectField(_l("Who is away"), [Needed(_l("Choose who is away."))])
    stand_in = SelectField(_l("Who stands in"), [Needed(_l("Choose who stands in."))])
    first = DayField(_l("First day"), [Needed(_l("Enter the first day."))])
    last = DayField(_l("Last day"), [Needed(_l("Enter the last day."))])

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day; ask once the form is accepted."""
        first, last = self.first.data, self.last.data
        if first is None or last is None:
            raise ValueError("days of a form that was not accepted")
        return first, last
