"""The officer's decision on an applicant, and the suspension of a seller."""

from typing import Any

from sqlalchemy import select, update

from cooperatives import queries
from cooperatives.helping.queries import ever_helped
from cooperatives.lifecycle import LIFECYCLE
from cooperatives.models import Cooperative, Membership
from cooperatives.review.models import AdmissionDecision, Verdict
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.notices.services import tell

TOLD = {
    Verdict.ADMIT: "cooperative_admitted",
    Verdict.RETURN: "cooperative_returned",
    Verdict.DECLINE: "cooperative_declined",
}


def decide(cooperative: Cooperative, officer: User, verdict: Verdict, note: str) -> AdmissionDecision:
    """Admit, return or decline an application; the decision is kept and the people are told.

    One guarded UPDATE moves the state: Conflict when somebody decided first. NotAllowed for an officer
    who belongs, or ever belonged, to the cooperative, or ever helped it. Invalid("note") for a refusal without words.
    """
    if verdict is not Verdict.ADMIT and not note:
        raise Invalid("note", _l("Say what is missing, so that they can mend it."))
    if _ever_member(cooperative, officer) or ever_helped(officer.id, cooperative.id):
        raise NotAllowed(_l("You belong to this cooperative or have helped it. Another officer decides."))
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
    decision = AdmissionDecision(cooperative_id=cooperative.id, officer_id=officer.id, verdict=verdict, note=note)
    db.session.add(decision)
    record(f"cooperative_{verdict.value}", cooperative, officer, note=note)
    for one in queries.members(cooperative):
        tell(one.user, TOLD[verdict], f"/cooperatives/{cooperative.code}", name=cooperative.name, note=note)
    return decision


def _ever_member(cooperative: Cooperative, officer: User) -> bool:
    found = select(Membership.id).where(Membership.cooperative_id == cooperative.id, Membership.user_id == officer.id)
    return db.session.scalar(found.limit(1)) is not None
