"""The one field of the proof."""

from wtforms import StringField

from shop.core.forms import Form, Needed
from shop.core.i18n import lazy_gettext as _l


class ProofForm(Form):
    """A code or the password, as typed."""

    proof = StringField(_l("Code or password"), [Needed(_l("Enter the code or the password."))])
