"""Why a rating is reported, and what is decided."""

from typing import Any

from wtforms import RadioField
from wtforms.fields import SelectChoice

from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import lazy_gettext as _l
from shop.ratings.reports.models import Verdict, Why

WHYS: dict[Why, Any] = {
    Why.INSULT: _l("It insults somebody"),
    Why.PERSONAL: _l("It names a person, a number or an address"),
    Why.ADVERT: _l("It advertises something else"),
    Why.FAKE: _l("It is not about these goods"),
    Why.OTHER: _l("Something else"),
}
VERDICTS: dict[Verdict, Any] = {
    Verdict.KEEP: _l("Keep it: it stays for everybody"),
    Verdict.HIDE: _l("Hide it: it no longer counts"),
    Verdict.SHOW_AGAIN: _l("Show it again"),
}
DECIDED: dict[Verdict, Any] = {
    Verdict.KEEP: _l("Kept"),
    Verdict.HIDE: _l("Hidden"),
    Verdict.SHOW_AGAIN: _l("Shown again"),
}


class ReportForm(Form):
    """What is wrong with it, and a note."""

    why = RadioField(
        _l("What is wrong with it?"),
        invalid_choice_message=_l("Choose what is wrong with it."),
        choices=[SelectChoice(why.value, words) for why, words in WHYS.items()],
    )
    note = LongTextField(_l("Say more, if you like"), [AtMost(300)])


class DecisionForm(Form):
    """Hide, keep or show again; the reason goes to who wrote it."""

    verdict = RadioField(_l("What do you decide?"), invalid_choice_message=_l("Choose what you decide."))
    reason = LongTextField(_l("Reason"), [AtMost(500)])

    def offer(self, *, hidden: bool) -> None:
        """List what can be decided about a rating that is shown, or hidden."""
        open_ones = (Verdict.SHOW_AGAIN,) if hidden else (Verdict.KEEP, Verdict.HIDE)
        self.verdict.choices = [SelectChoice(one.value, VERDICTS[one]) for one in open_ones]
