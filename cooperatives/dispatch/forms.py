"""The forms of a seller's calendar."""

from datetime import date
from typing import Any, Self

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from cooperatives.dispatch.calendar import FAR, MIDNIGHT, MOST_PREPARING, Rules
from cooperatives.dispatch.words import day_name
from shop.core.forms import NOT_LISTED, AtMost, DayField, Form, Needed, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import ngettext

EARLIEST = 6  # o'clock: before that nobody reads orders
LONG = 90  # days: longer is asked back


class RulesForm(Form):
    """On which days parcels leave, until when an order counts for its day, and how long packing takes."""

    days = SelectMultipleField(
        _l("On which days do you send?"),
        [Needed(_l("Choose at least one day."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    cutoff = SelectField(_l("Until when does an order count for its day?"), validate_choice=False)
    prepare = RadioField(_l("How long do you need to prepare a parcel?"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days.choices = [SelectChoice(str(weekday), day_name(weekday)) for weekday in range(7)]
        hours = [SelectChoice(str(hour), _("until %(hour)s:00", hour=hour)) for hour in range(EARLIEST, MIDNIGHT)]
        self.cutoff.choices = [*hours, SelectChoice(str(MIDNIGHT), _("until midnight"))]
        waits = [SelectChoice(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in range(1, MOST_PREPARING + 1)]
        self.prepare.choices = [SelectChoice("0", _("none, sent the same day")), *waits]

    @classmethod
    def of(cls, rules: Rules) -> Self:
        """Make the form from the request, or from what is kept."""
        return cls.of_request(data=_said(rules))

    @classmethod
    def shown(cls, rules: Rules) -> Self:
        """Make the form from what is kept, whatever was posted to its neighbour."""
        return cls(data=_said(rules))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Hold each answer against what was offered: a made-up one is none."""
        fine = super().validate(*args, **kwargs)
        for field in (self.days, self.cutoff, self.prepare):
            given = set(field.data or ()) if field is self.days else {field.data}
            if not given <= {choice.value for choice in field.choices}:
                field.errors, fine = [NOT_LISTED], False
        return fine

    def rules(self) -> Rules:
        """Return what was chosen as plain values."""
        days = sum(1 << int(weekday) for weekday in set(self.days.data))
        return Rules(days, int(self.cutoff.data), int(self.prepare.data))


def _said(rules: Rules) -> dict[str, Any]:
    days = [str(weekday) for weekday in range(7) if rules.days >> weekday & 1]
    return {"days": days, "cutoff": str(rules.cutoff), "prepare": str(rules.prepare)}


class ClosedForm(Form):
    """From which day to which day the seller is closed, and why if buyers may know."""

    long_ok = HiddenField()
    first = DayField(_l("First day closed"), [Needed(_l("Choose the first day."))])
    last = DayField(_l("Last day closed"), [Needed(_l("Choose the last day."))])
    note = PlainTextField(_l("Reason, buyers read it"), [AtMost(80)])

    def days(self) -> tuple[date, date]:
        """Return what an accepted form says: the first and the last day."""
        assert self.first.data is not None
        assert self.last.data is not None
        return self.first.data, self.last.data

    def asks_back(self) -> bool:
        """Say whether so many days need a second yes; the form then carries it."""
        first, last = self.days()
        typed, days = f"{first}/{last}", (last - first).days + 1
        if not LONG < days <= FAR or self.long_ok.data == typed:
            return False
        self.long_ok.data = typed
        sentence = _("That is %(days)s days. Press the button again if you mean it.", days=days)
        self.last.errors = [*self.last.errors, sentence]
        return True
