"""Why a seller is taken off the market."""

from shop.core.forms import AtMost, Form, LongTextField, Needed
from shop.core.i18n import lazy_gettext as _l


class SuspensionForm(Form):
    """A reason that the seller reads."""

    note = LongTextField(
        _l("Reason, as the seller will read it"), [Needed(_l("Say why, so that they can put it right.")), AtMost(1000)]
    )
