"""What a seller says of money that came, or that went back."""

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from shop.core.forms import AtMost, Form, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class AssignForm(Form):
    """Which orders it pays."""

    orders = SelectMultipleField(
        _l("Which order does it pay?"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class NoteForm(Form):
    """How it was sent back, or what it was."""

    note = PlainTextField(_l("When and how (the bank's number)"), [AtMost(200)])
