"""What a call brought."""

from wtforms import RadioField
from wtforms.fields import SelectChoice

from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.desk.calls.models import CallResult

WORDS = {
    CallResult.PROMISED: _l("They answer it now"),
    CallResult.NO_ANSWER: _l("Nobody answered"),
    CallResult.CANNOT: _l("They cannot send it"),
    CallResult.WRONG_NUMBER: _l("Wrong number"),
}


class CallForm(Form):
    """The result of one call, and a note of a line."""

    result = RadioField(
        _l("What came of it?"),
        [Needed(_l("Choose what came of the call."))],
        choices=[SelectChoice(result.value, words) for result, words in WORDS.items()],
    )
    note = PlainTextField(_l("Note"), [AtMost(300)])
