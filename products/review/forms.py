"""The officer's three answers: approve; return, with reasons tied to fields; not accept, in words."""

from collections.abc import Collection
from typing import Any, NamedTuple

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from products.fields import LABELS
from products.issues.rules import BY_OFFICERS, KEYS, OTHER, WHOLE, Rule
from products.issues.services import Reason
from products.review.models import Press, Verdict
from shop.core.forms import AtMost, Form, LongTextField, stripped
from shop.core.i18n import known, use_language
from shop.core.i18n import lazy_gettext as _l

LONGEST_NOTE = 1000  # characters
LONGEST_PRESS = 36  # characters


class ApproveForm(Form):
    """Nothing to fill in: the button is the answer."""

    verdict = Verdict.APPROVE
    note_text = ""
    issues: tuple[Reason, ...] = ()


class ReasonRow(NamedTuple):
    """A reason as the officer chooses it: its box, its key on the keyboard, its field, and what the seller will read.

    `words` are in the seller's language and may be changed; `seen`: a machine found it in this revision.
    """

    option: Any
    key: str
    rule: Rule
    label: Any
    name: str
    words: str
    seen: bool


class ReturnForm(Form):
    """Reasons from the list, each at its field in words the officer may change, and one of his own at any field."""

    verdict = Verdict.RETURN
    lang = HiddenField(default="vi")  # the seller's language: of the words beside the reasons
    reasons = SelectMultipleField(
        _l("What is to be mended"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    field = SelectField(_l("Where"), id="return-field", default="")
    note = LongTextField(_l("In your own words"), [AtMost(LONGEST_NOTE)], id="return-note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons.choices = [SelectChoice(code, rule.sentence) for code, rule in BY_OFFICERS.items()]
        self.field.choices = [SelectChoice(code, label) for code, label in {"": WHOLE, **LABELS}.items()]

    def rows(self, seen: Collection[str] = ()) -> list[ReasonRow]:
        """Return all reasons in their order; `seen` are the rules that a machine found in this revision."""
        rules = zip(self.reasons, BY_OFFICERS.items(), strict=True)
        return [
            ReasonRow(
                option,
                KEYS.get(code, ""),
                rule,
                LABELS[rule.field],
                _words_name(code),
                self._typed(code) or self._usual(code),
                code in seen,
            )
            for option, (code, rule) in rules
        ]

    @property
    def note_text(self) -> str:
        """What the officer wrote."""
        return self.note.data or ""

    @property
    def issues(self) -> tuple[Reason, ...]:
        """The chosen rules, with words where the officer changed them, and the note as a reason of its own."""
        chosen = []
        for code in self.reasons.data or []:
            changed = self._typed(code) not in {"", self._usual(code)}
            chosen.append(Reason(code, "", self._typed(code), known(self.lang.data)) if changed else Reason(code))
        if self.note_text:
            chosen.append(Reason(OTHER, self.field.data or "", self.note_text))
        return tuple(chosen)

    def _typed(self, code: str) -> str:
        return stripped(request.form.get(_words_name(code)))[:LONGEST_NOTE]

    def _usual(self, code: str) -> str:
        with use_language(known(self.lang.data)):
            return str(BY_OFFICERS[code].sentence)


def _words_name(code: str) -> str:
    return f"words-{code}"


class RejectForm(Form):
    """Only words: what cannot be sold here, and why."""

    verdict = Verdict.REJECT
    issues: tuple[Reason, ...] = ()
    note = LongTextField(_l("Why it cannot be sold here"), [AtMost(LONGEST_NOTE)], id="reject-note")

    @property
    def note_text(self) -> str:
        """What the officer wrote."""
        return self.note.data or ""


AnyForm = ApproveForm | ReturnForm | RejectForm
FORMS: dict[Verdict, type[AnyForm]] = {form.verdict: form for form in (ApproveForm, ReturnForm, RejectForm)}


def posted() -> AnyForm | None:
    """Return the form of the answer that was sent, or None for an answer that is none."""
    kind = next((form for verdict, form in FORMS.items() if verdict.value == request.form.get("verdict")), None)
    return kind.of_request() if kind else None


def pressed() -> Press | None:
    """Return the press of the button that was sent: the page names it, so that a second sending is the same press."""
    name = request.form.get("press", "")[:LONGEST_PRESS]
    return Press(name) if name else None
