"""Verbs on requirements: say a sentence, verify, waive, change a rule, remind."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from cooperatives.models import Cooperative, MemberRole
from cooperatives.queries import lock, members
from cooperatives.requirements import queries
from cooperatives.requirements.models import RequirementMark, RequirementRound, RequirementSetting, Said
from cooperatives.requirements.rows import SHIPPED, Means, Requirement, Start
from cooperatives.services import needs_applicant, needs_outsider
from cooperatives.standing.services import suspend
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Invalid, NotFound
from shop.core.i18n import known, use_language
from shop.core.i18n import lazy_gettext as _l
from shop.notices.services import tell

MOST_DAYS = 730


def attest(cooperative: Cooperative, codes: Iterable[str], lang: str, actor: User) -> None:
    """Keep that the seller ticked these sentences, read in `lang`; what was ticked in today's words stays."""
    needs_applicant(cooperative, actor)
    for line in queries.checklist(cooperative):
        told = line.requirement.statement
        if told is not None and not line.is_met and line.requirement.code in set(codes):
            _mark(cooperative, line.requirement, actor, Said.ATTESTED, version=told.version, lang=known(lang))


def verify(cooperative: Cooperative, code: str, officer: User) -> None:
    """Keep that an officer has seen it himself; NotFound for what no officer verifies."""
    needs_outsider(cooperative, officer)
    row = _asked(cooperative, code)
    if row.means is not Means.VERIFIED:
        raise NotFound(_l("This is not asked of the seller."))
    _mark(cooperative, row, officer, Said.VERIFIED)


def waive(cooperative: Cooperative, code: str, reason: str, officer: User) -> None:
    """Keep that a requirement need not be met by this seller, and why; Invalid("reason") without words."""
    needs_outsider(cooperative, officer)
    if not reason:
        raise Invalid("reason", _l("Say why this seller does not need it."))
    _mark(cooperative, _asked(cooperative, code), officer, Said.WAIVED, reason=reason)


def change_rule(code: str, *, is_on: bool, start: Start, days: int, suspends: bool, admin: User) -> None:
    """Switch a requirement on or off, or change from when on it counts; Invalid("days") beyond two years."""
    if code not in SHIPPED:
        raise NotFound(_l("There is no such requirement."))
    if not 0 <= days <= MOST_DAYS:
        raise Invalid("days", _l("Enter 0 to 730 days."))
    own = db.session.get(RequirementSetting, code) or RequirementSetting(code=code)
    own.is_on, own.start, own.days, own.suspends = is_on, start, days, suspends
    own.changed_by_id, own.changed_at = admin.id, clock.now()
    db.session.add(own)
    values = {"is_on": is_on, "start": start, "days": days, "suspends": suspends}
    record("requirement_changed", admin, admin, requirement=code, values=values)


def look(cooperative: Cooperative, before: datetime) -> bool:
    """Look what is late for an admitted seller: tell the managers of what is new, do what the row says.

    Inside writing(). False when another sweep has looked since `before`.
    """
    lock(cooperative)
    if not _first_to_look(cooperative, before):
        return False
    kept = db.session.get_one(RequirementRound, cooperative.id, populate_existing=True)
    late = [line.requirement for line in queries.checklist(cooperative) if line.is_late]
    fresh = [row for row in late if row.code not in kept.late]
    kept.late = [row.code for row in late]
    if fresh:
        record("requirements_late", cooperative, None, requirements=[row.code for row in fresh])
        _remind(cooperative, fresh)
    if any(row.suspends for row in fresh):
        suspend(cooperative, None, ", ".join(row.titles["vi"] for row in fresh if row.suspends))
    return True


def _first_to_look(cooperative: Cooperative, before: datetime) -> bool:
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"cooperative_id": cooperative.id, "looked_at": before, "late": []}
    db.session.execute(insert(RequirementRound).values(**row).on_conflict_do_nothing())
    not_since = (RequirementRound.cooperative_id == cooperative.id) & (RequirementRound.looked_at <= before)
    return changed(update(RequirementRound).where(not_since).values(looked_at=clock.now())) == 1


def _remind(cooperative: Cooperative, rows: list[Requirement]) -> None:
    for one in members(cooperative):
        if one.role is MemberRole.MANAGER:
            with use_language(one.user.language):
                what = ", ".join(row.title for row in rows)
            tell(
                one.user,
                "requirement_late",
                f"/cooperatives/{cooperative.code}/joining",
                name=cooperative.name,
                what=what,
            )


def _asked(cooperative: Cooperative, code: str) -> Requirement:
    found = {line.requirement.code: line.requirement for line in queries.checklist(cooperative)}
    if code not in found:
        raise NotFound(_l("This is not asked of the seller."))
    return found[code]


def _mark(cooperative: Cooperative, row: Requirement, actor: User, said: Said, **words: str) -> None:
    lock(cooperative)
    standing = (RequirementMark.cooperative_id == cooperative.id) & (RequirementMark.requirement == row.code)
    ended = update(RequirementMark).where(standing, RequirementMark.ended_at.is_(None)).values(ended_at=clock.now())
    db.session.execute(ended)
    made = RequirementMark(cooperative_id=cooperative.id, requirement=row.code, said=said, said_by_id=actor.id, **words)
    db.session.add(made)
    record(f"requirement_{said.value}", cooperative, actor, requirement=row.code, words=words)
