"""The form that takes a statement."""

from typing import Any

from wtforms import FileField, HiddenField, RadioField, ValidationError

from shop.core.forms import Form, Needed
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l


class StatementForm(Form):
    """Of which account it is, and the file."""

    account = RadioField(_l("Of which account?"), [Needed(_l("Choose the account."))])
    file = FileField(_l("The bank's file (.xlsx or .csv)"))

    def validate_file(self, field: Any) -> None:
        """A statement comes as one file."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(_("Choose the file first."))


class TakingForm(Form):
    """What was understood, as our own page sealed it."""

    sealed = HiddenField()
