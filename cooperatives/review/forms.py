"""The officer's decision on an application."""

from typing import Any

from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.review.models import Verdict
from shop.core.forms import AtMost, Form, LongTextField, Needed
from shop.core.i18n import lazy_gettext as _l

VERDICT_NAMES = {
    Verdict.ADMIT: _l("Admit"),
    Verdict.RETURN: _l("Return with a reason"),
    Verdict.DECLINE: _l("Decline"),
}


class AdmissionForm(Form):
    """Admit, return or decline; a refusal says why."""

    verdict = RadioField(
        _l("Decision"),
        [Needed(_l("Choose a decision."))],
        choices=[SelectChoice(verdict.value, name) for verdict, name in VERDICT_NAMES.items()],
    )
    note = LongTextField(_l("Reason, as the seller will read it"), [AtMost(1000)])

    def validate_note(self, field: Any) -> None:
        """A refusal needs words."""
        if self.verdict.data in {Verdict.RETURN, Verdict.DECLINE} and not field.data:
            raise ValidationError(_l("Say what is missing, so that they can mend it."))
