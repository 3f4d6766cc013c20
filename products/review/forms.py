"""The officer's three answers: approve; return, with reasons tied to fields; not accept, in words."""

from typing import Any

from flask import request
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from products.fields import LABELS
from products.issues.rules import OTHER, RULES, WHOLE
from products.issues.services import Reason
from products.review.models import Verdict
from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import lazy_gettext as _l

LONGEST_NOTE = 1000  # characters


class ApproveForm(Form):
    """Nothing to fill in: the button is the answer."""

    verdict = Verdict.APPROVE
    note_text = ""
    issues: tuple[Reason, ...] = ()


class ReturnForm(Form):
    """Reasons from the list, each at its field, and one in own words at a field the officer chooses."""

    verdict = Verdict.RETURN
    reasons = SelectMultipleField(
        _l("What is to be mended"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    field = SelectField(_l("Where"), id="return-field", default="")
    note = LongTextField(_l("In your own words"), [AtMost(LONGEST_NOTE)], id="return-note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons.choices = [SelectChoice(code, rule.sentence) for code, rule in RULES.items() if code != OTHER]
        self.field.choices = [SelectChoice(code, label) for code, label in {"": WHOLE, **LABELS}.items()]

    @property
    def note_text(self) -> str:
        """What the officer wrote."""
        return self.note.data or ""

    @property
    def issues(self) -> tuple[Reason, ...]:
        """The chosen rules, and the note as a reason of its own."""
        chosen = [Reason(code) for code in self.reasons.data or []]
        if self.note_text:
            chosen.append(Reason(OTHER, self.field.data or "", self.note_text))
        return tuple(chosen)


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
