"""The form that asks for a code."""

from wtforms import StringField

from shop.accounts.factor.codes import bare
from shop.core.forms import Form, Needed, stripped
from shop.core.i18n import lazy_gettext as _l


class FactorForm(Form):
    """Six digits of the app, or a recovery code, as typed or pasted."""

    code = StringField(
        _l("Code of your app"),
        [Needed(_l("Enter the 6 digits that the app shows."))],
        filters=[lambda typed: bare(stripped(typed))],
    )
