"""The forms of a paper: a photo or "not yet", and the officer's words."""

from wtforms import FileField

from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import lazy_gettext as _l


class PaperForm(Form):
    """One photo."""

    photo = FileField(_l("A photo of the paper"))


class ReturnForm(Form):
    """Why a paper comes back."""

    note = LongTextField(_l("What is wrong with it, as the seller will read it"), [AtMost(500)])
