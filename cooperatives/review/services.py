"""The officer's decision on an applicant, and what a return asks for, task by task."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from cooperatives import queries
from cooperatives.helping.models import Scope
from cooperatives.helping.queries import helpers_of
from cooperatives.lifecycle import LIFECYCLE, Task
from cooperatives.models import Cooperative
from cooperatives.queries import lock
from cooperatives.requirements.queries import checklist
from cooperatives.review.models import AdmissionDecision, AdmissionIssue, Verdict
from cooperatives.services import needs_applicant, needs_outsider
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.notices.services import tell

TOLD = {
    Verdict.ADMIT: "cooperative_admitted",
    Verdict.RETURN: "cooperative_returned",
    Verdict.DECLINE: "cooperative_declined",
}


def decide(
    cooperative: Cooperative, officer: User, verdict: Verdict, note: str, asked: Mapping[Task, str] | None = None
) -> AdmissionDecision:
    """Admit, return or decline an application; the decision is kept and the people are told.

    `asked` holds for a return what to mend at which task. One guarded UPDATE moves the state: Conflict when somebody
    decided first. NotAllowed for an officer who belongs, or ever belonged, to the cooperative. Invalid for a refusal
    without words, and for an admission while a requirement of it is open.
    """
    asked = dict(asked or {})
    _say_why(verdict, note, asked)
    needs_outsider(cooperative, officer)
    if verdict is Verdict.ADMIT:
        _nothing_open(cooperative)
    _move(cooperative, verdict)
    said = " ".join(part for part in (*asked.values(), note) if part)
    decision = AdmissionDecision(cooperative_id=cooperative.id, officer_id=officer.id, verdict=verdict, note=said)
    db.session.add(decision)
    db.session.flush()
    for task, words in asked.items():
        db.session.add(AdmissionIssue(decision_id=decision.id, cooperative_id=cooperative.id, task=task, note=words))
    record(f"cooperative_{verdict.value}", cooperative, officer, note=said, tasks=sorted(asked))
    for one in queries.members(cooperative):
        tell(one.user, TOLD[verdict], f"/cooperatives/{cooperative.code}", name=cooperative.name, note=said)
    for helper in helpers_of(cooperative.id, Scope.REPLIES):
        tell(helper, TOLD[verdict], "/helping", name=cooperative.name, note=said)
    return decision


def _say_why(verdict: Verdict, note: str, asked: Mapping[Task, str]) -> None:
    if verdict is Verdict.RETURN and not asked:
        raise Invalid("verdict", _l("Say at one task or more what is missing, so that they can mend it."))
    if verdict is Verdict.DECLINE and not note:
        raise Invalid("note", _l("Say why, so that they understand."))


def _nothing_open(cooperative: Cooperative) -> None:
    missing = [line.requirement.title for line in checklist(cooperative) if line.stops_admission]
    if missing:
        raise Invalid(
            "verdict", _("Still open: %(what)s. Return it, or waive it with a reason.", what=", ".join(missing))
        )


def _move(cooperative: Cooperative, verdict: Verdict) -> None:
    values: dict[str, Any] = {"state": LIFECYCLE.moves[verdict.value][1]}
    if verdict is Verdict.ADMIT:
        values["active_since"] = clock.now()
    moved = changed(
        update(Cooperative)
        .where(Cooperative.id == cooperative.id, Cooperative.state.in_(LIFECYCLE.sources(verdict.value)))
        .values(version=Cooperative.version + 1, **values)
    )
    if moved != 1:
        raise Conflict(_l("Somebody decided this already. Open the page again."))
    db.session.refresh(cooperative)


def mend(cooperative: Cooperative, task: Task, actor: User) -> None:
    """Note that the seller has saved a task that an officer asked to mend."""
    needs_applicant(cooperative, actor)
    lock(cooperative)
    standing = (AdmissionIssue.cooperative_id == cooperative.id) & (AdmissionIssue.task == task)
    if changed(
        update(AdmissionIssue).where(standing, AdmissionIssue.mended_at.is_(None)).values(mended_at=clock.now())
    ):
        record("admission_issue_mended", cooperative, actor, task=task)
