"""The form that connects a notifier."""

from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class NotifierForm(Form):
    """The secret that the notifier's own page shows."""

    secret = PlainTextField(_l("Secret key of the webhook"), [Needed(_l("Paste the secret key.")), AtMost(200)])
