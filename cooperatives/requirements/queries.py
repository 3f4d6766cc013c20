"""The checklist of a seller: each requirement that is asked, whether it is met and how, and from when on it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.identity.queries import of_seller
from cooperatives.lifecycle import CooperativeState, Task
from cooperatives.models import Cooperative
from cooperatives.papers import queries as papers
from cooperatives.papers.lifecycle import PaperState
from cooperatives.queries import bank_account
from cooperatives.requirements import facts
from cooperatives.requirements.models import RequirementMark, RequirementRound, RequirementSetting, Said
from cooperatives.requirements.rows import SHIPPED, Means, Requirement, Start
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.core import clock
from shop.core.db import db

A_WEEK = timedelta(days=7)  # for what begins to count unforeseen: a first order, a rule that the admin changed


@dataclass(frozen=True)
class Line:
    """One requirement for one seller. `means` is None while open; `waits`: a paper is with the officer."""

    requirement: Requirement
    means: Means | None
    due_at: datetime | None
    mark: RequirementMark | None = None
    waits: bool = False

    @property
    def is_met(self) -> bool:
        """Whether nothing is left to do for it."""
        return self.means is not None

    @property
    def stops_admission(self) -> bool:
        """Whether the seller cannot be admitted while it is open."""
        return not self.is_met and self.requirement.start is Start.ADMISSION

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is still open."""
        return not self.is_met and self.due_at is not None and self.due_at < clock.now()


def standing_rows() -> list[Requirement]:
    """Return the requirements as they count today, with what the admin changed; those switched off too."""
    own = {one.code: one for one in db.session.scalars(select(RequirementSetting))}
    return [_as_set(row, own.get(row.code)) for row in SHIPPED.values()]


def _as_set(row: Requirement, own: RequirementSetting | None) -> Requirement:
    if own is None:
        return row
    return row._replace(is_on=own.is_on, start=own.start, days=own.days, suspends=own.suspends, since=own.changed_at)


def checklist(cooperative: Cooperative) -> list[Line]:
    """Return what is asked of a seller now, in the order of the tasks."""
    categories = facts.goods_of(cooperative.id).categories
    rows = [row for row in standing_rows() if row.is_on and row.asks(cooperative.kind, categories)]
    order = list(Task)
    rows.sort(key=lambda row: order.index(row.task))
    seen = _seen(cooperative)
    return [_line(row, cooperative, seen) for row in rows]


class _Seen(NamedTuple):
    """What the lines of one seller are made from."""

    held: set[str]
    papers: dict[str, PaperState]
    marks: dict[str, RequirementMark]
    first_order_at: datetime | None


def _seen(cooperative: Cooperative) -> _Seen:
    states = {kind: paper.state for kind, paper in papers.current(cooperative).items()}
    return _Seen(_held(cooperative), states, _marks(cooperative), facts.first_order_of(cooperative.id))


def _line(row: Requirement, cooperative: Cooperative, seen: _Seen) -> Line:
    own = {seen.papers.get(kind) for kind in row.papers}
    mark = seen.marks.get(row.code)
    is_there = row.computed in seen.held or PaperState.ACCEPTED in own
    due_at = _due_at(row, cooperative.active_since, seen.first_order_at)
    return Line(row, row.means if is_there else _said(row, mark), due_at, mark, PaperState.WAITING in own)


def _due_at(row: Requirement, admitted_at: datetime | None, first_order_at: datetime | None) -> datetime | None:
    """When an open requirement is late: a week after it begins to count, but for days, which are counted out."""
    if admitted_at is None:
        return None
    if row.start is Start.DAYS:
        due = admitted_at + timedelta(days=row.days)
    else:
        begins = admitted_at if row.start is Start.ADMISSION else first_order_at
        if begins is None:
            return None
        due = begins + A_WEEK
    return max(due, row.since + A_WEEK) if row.since else due


def _said(row: Requirement, mark: RequirementMark | None) -> Means | None:
    """How somebody's word meets it; a sentence that was ticked in an older wording does not any more."""
    if mark is None or (mark.said is Said.ATTESTED and (not row.statement or mark.version != row.statement.version)):
        return None
    return Means(mark.said.value)


def _held(cooperative: Cooperative) -> set[str]:
    """Name what the market holds of a seller."""
    found = {
        "phone": cooperative.contact_phone,
        "commune": cooperative.commune_code,
        "registration_number": cooperative.registration_number,
        "tax_code": cooperative.tax_code,
        "citizen_number": of_seller(cooperative),
        "bank_account": bank_account(cooperative),
    }
    return {name for name, value in found.items() if value}


def _marks(cooperative: Cooperative) -> dict[str, RequirementMark]:
    standing = select(RequirementMark).where(
        RequirementMark.cooperative_id == cooperative.id, RequirementMark.ended_at.is_(None)
    )
    found = db.session.scalars(standing.options(joinedload(RequirementMark.said_by)))
    return {mark.requirement: mark for mark in found}


def late_for(officer: User) -> list[tuple[Cooperative, list[Requirement]]]:
    """Return the sellers of the officer's communes with something late, as the sweep last saw it."""
    found = db.session.execute(
        select(Cooperative, RequirementRound.late)
        .join(RequirementRound, RequirementRound.cooperative_id == Cooperative.id)
        .where(Cooperative.commune_code.in_(communes_of_officer(officer.id)))
        .order_by(Cooperative.name)
    )
    return [(seller, [SHIPPED[code] for code in late if code in SHIPPED]) for seller, late in found if late]


def due_for_a_look(before: datetime, limit: int) -> Select[int]:
    """Select the keys of admitted sellers whom the sweep has not looked at since `before`."""
    seen = select(RequirementRound.cooperative_id).where(RequirementRound.looked_at >= before)
    active = Cooperative.state == CooperativeState.ACTIVE
    return select(Cooperative.id).where(active, Cooperative.id.not_in(seen)).order_by(Cooperative.id).limit(limit)
