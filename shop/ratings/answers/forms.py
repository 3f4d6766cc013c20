"""What a seller answers."""

from shop.core.forms import AtMost, Form, LongTextField, Needed
from shop.core.i18n import lazy_gettext as _l
from shop.ratings.models import MOST_WORDS


class AnswerForm(Form):
    """The answer, as everybody will read it."""

    words = LongTextField(_l("Your answer"), [Needed(_l("Write your answer.")), AtMost(MOST_WORDS)])
