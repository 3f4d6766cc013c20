"""One e-mail address."""

from wtforms.validators import Regexp

from shop.accounts.forms import EMAIL
from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l

_WRONG = _l("Enter an e-mail address like name@example.com.")


class WaitForm(Form):
    """Whom to tell."""

    email = PlainTextField(_l("Your e-mail"), [Needed(_WRONG), AtMost(254), Regexp(EMAIL, message=_WRONG)])
