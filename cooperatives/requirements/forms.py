"""The admin's form for one requirement."""

from wtforms import BooleanField, IntegerField, SelectField
from wtforms.fields import SelectChoice

from cooperatives.requirements.rows import Start
from shop.core.forms import NOT_LISTED, Form
from shop.core.i18n import lazy_gettext as _l

START_NAMES = {
    Start.ADMISSION: _l("from admission"),
    Start.FIRST_ORDER: _l("from the first order"),
    Start.DAYS: _l("some days after admission"),
}


class RuleForm(Form):
    """Whether it is asked, from when on, and what happens when the day passes."""

    is_on = BooleanField(_l("Asked"))
    start = SelectField(
        _l("From when on"),
        choices=[SelectChoice(one.value, name) for one, name in START_NAMES.items()],
        validate_choice=False,
    )
    days = IntegerField(_l("Days after admission"), default=0)
    suspends = BooleanField(_l("Takes the seller off the market when late"))

    def validate_start(self, field: SelectField) -> None:
        """One of the three."""
        if field.data not in set(Start):
            raise ValueError(str(NOT_LISTED))
