"""The officer's decision on an application, and his word on one requirement."""

from typing import Any

from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.lifecycle import Task
from cooperatives.review.models import Verdict
from cooperatives.words import TASK_NAMES
from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import lazy_gettext as _l

VERDICT_NAMES = {
    Verdict.ADMIT: _l("Admit"),
    Verdict.RETURN: _l("Return with a reason"),
    Verdict.DECLINE: _l("Decline"),
}
_MOST = 500


class AdmissionForm(Form):
    """Admit, return with what to mend at which task, or decline and say why."""

    verdict = RadioField(
        _l("Decision"),
        invalid_choice_message=_l("Choose a decision."),
        choices=[SelectChoice(verdict.value, name) for verdict, name in VERDICT_NAMES.items()],
    )
    phone = LongTextField(TASK_NAMES[Task.PHONE], [AtMost(_MOST)])
    who = LongTextField(TASK_NAMES[Task.WHO], [AtMost(_MOST)])
    place = LongTextField(TASK_NAMES[Task.PLACE], [AtMost(_MOST)])
    papers = LongTextField(TASK_NAMES[Task.PAPERS], [AtMost(_MOST)])
    money = LongTextField(TASK_NAMES[Task.MONEY], [AtMost(_MOST)])
    goods = LongTextField(TASK_NAMES[Task.GOODS], [AtMost(_MOST)])
    note = LongTextField(_l("Reason, as the seller will read it"), [AtMost(_MOST)])

    @property
    def asked(self) -> dict[Task, str]:
        """What to mend, by task."""
        return {task: self[task.value].data for task in Task if self[task.value].data}

    @property
    def tasks(self) -> list[Any]:
        """The fields of the tasks, in their order."""
        return [self[task.value] for task in Task]

    def validate_verdict(self, field: Any) -> None:
        """A return names a task."""
        if field.data == Verdict.RETURN and not self.asked:
            raise ValidationError(_l("Say at one task or more what is missing, so that they can mend it."))

    def validate_note(self, field: Any) -> None:
        """A refusal needs words."""
        if self.verdict.data == Verdict.DECLINE and not field.data:
            raise ValidationError(_l("Say why, so that they understand."))


class WaiverForm(Form):
    """Why a seller does not need something."""

    reason = LongTextField(_l("Why this seller does not need it"), [AtMost(_MOST)])
