"""The form of the register."""

from shop.core.forms import AtMost, Form, LongTextField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class BreachForm(Form):
    """What happened, to whom, and what was done."""

    what = LongTextField(_l("What happened?"), [Needed(_l("Write what happened.")), AtMost(2000)])
    whom = PlainTextField(_l("Whose data, and how many people?"), [Needed(_l("Write whose data it is.")), AtMost(300)])
    measures = LongTextField(_l("What was done about it?"), [Needed(_l("Write what was done.")), AtMost(2000)])
