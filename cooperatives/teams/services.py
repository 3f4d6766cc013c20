"""Verbs of the admin on teams: make, change, add a person, let one go."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update

from cooperatives.teams.models import Programme, Team, TeamMember
from shop.accounts.models import Role, User
from shop.accounts.queries import staff_roles
from shop.accounts.staff.services import grant
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.places.models import Commune

TAKEN = _l("This name is taken.")


def add_programme(name: str, actor: User) -> Programme:
    """Write a new programme; raises Invalid("name") for one that is there."""
    if db.session.scalar(select(Programme.id).where(Programme.name == name)) is not None:
        raise Invalid("name", TAKEN)
    made = Programme(name=name)
    db.session.add(made)
    record("programme_added", made, actor, name=name)
    return made


def save(team: Team | None, name: str, communes: Iterable[str], programmes: Iterable[str], actor: User) -> Team:
    """Make a team, or change one: its name, the codes of its communes and programmes. Raises Invalid("name")."""
    same = select(Team.id).where(Team.name == name)
    if db.session.scalar(same if team is None else same.where(Team.id != team.id)) is not None:
        raise Invalid("name", TAKEN)
    places, wanted = sorted(communes), sorted(programmes)
    saved = team or Team()
    saved.name = name
    saved.communes = list(db.session.scalars(select(Commune).where(Commune.code.in_(places))))
    saved.programmes = list(db.session.scalars(select(Programme).where(Programme.code.in_(wanted))))
    db.session.add(saved)
    record("team_saved", saved, actor, communes=places, programmes=wanted)
    return saved


def add_member(team: Team, person: User, actor: User) -> TeamMember:
    """Put a person into a team; who is no helper yet becomes one. Raises Conflict for somebody who is in it."""
    standing = (TeamMember.team_id == team.id, TeamMember.user_id == person.id, TeamMember.valid_to.is_(None))
    if db.session.scalar(select(TeamMember.id).where(*standing)) is not None:
        raise Conflict(_l("This person is in the team already."))
    if Role.HELPER not in set(staff_roles(person.id)):
        grant(person, Role.HELPER, [], actor)
    made = TeamMember(team_id=team.id, user_id=person.id, added_by_id=actor.id)
    db.session.add(made)
    record("team_member_added", team, actor, member=person.id)
    return made


def remove_member(member: TeamMember, actor: User) -> None:
    """Let a person go; what they may do for households ends with the next request. Raises Conflict when gone."""
    gone = changed(
        update(TeamMember)
        .where(TeamMember.id == member.id, TeamMember.valid_to.is_(None))
        .values(valid_to=clock.now() + timedelta(microseconds=1))
    )
    if gone != 1:
        raise Conflict(_l("This person has left the team already."))
    record("team_member_left", member.team, actor, member=member.user_id)
