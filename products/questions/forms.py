"""What somebody says in a talk."""

from products.questions.services import LONGEST
from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import lazy_gettext as _l


class TalkForm(Form):
    """A few words."""

    text = LongTextField(_l("Your words"), [AtMost(LONGEST)], id="talk-text")
