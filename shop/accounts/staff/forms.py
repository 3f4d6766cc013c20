"""The form that gives a staff role."""

from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from shop.accounts.models import Role
from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l

ROLE_NAMES = {
    Role.OFFICER: _l("Extension officer"),
    Role.HELPER: _l("Community digital team"),
    Role.ADMIN: _l("Admin of the market"),
}


class GrantForm(Form):
    """Who, which role, and an officer's communes."""

    login = PlainTextField(
        _l("Phone number or e-mail of the person"), [Needed(_l("Enter the phone number or e-mail.")), AtMost(250)]
    )
    role = RadioField(
        _l("Role"),
        [Needed(_l("Choose a role."))],
        choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()],
    )
    communes = SelectMultipleField(
        _l("Communes of the officer"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def validate_communes(self, field: Any) -> None:
        """An officer answers for at least one commune."""
        if self.role.data == Role.OFFICER and not field.data:
            raise ValidationError(_l("Choose the communes this officer answers for."))
