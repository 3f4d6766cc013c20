"""Reading teams: the admin sees all, a helper the own ones."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.teams.models import Programme, Team, TeamMember, team_communes
from shop.accounts.models import User
from shop.core.db import db


def teams() -> list[Team]:
    """Return all teams with communes and programmes, by name."""
    whole = select(Team).options(selectinload(Team.communes), selectinload(Team.programmes))
    return list(db.session.scalars(whole.order_by(Team.name)))


def programmes() -> list[Programme]:
    """Return all programmes, by name."""
    return list(db.session.scalars(select(Programme).order_by(Programme.name)))


def by_code(code: str) -> Select[Team]:
    """Select the team with this public code."""
    return select(Team).where(Team.code == code)


def member_by_code(code: str) -> Select[TeamMember]:
    """Select the standing membership with this public code."""
    return select(TeamMember).where(TeamMember.code == code, TeamMember.valid_to.is_(None))


def members() -> list[TeamMember]:
    """Return who is in which team now, by name."""
    standing = select(TeamMember).where(TeamMember.valid_to.is_(None)).options(joinedload(TeamMember.user))
    return sorted(db.session.scalars(standing), key=lambda one: one.user.name)


def teams_of(person: User) -> list[Team]:
    """Return the teams a person is in now, by name."""
    mine = select(TeamMember.team_id).where(TeamMember.user_id == person.id, TeamMember.valid_to.is_(None))
    return list(db.session.scalars(select(Team).where(Team.id.in_(mine)).order_by(Team.name)))


def communes_of(person: User) -> Select[str]:
    """Select the codes of the communes in which a person's teams help now."""
    return (
        select(team_communes.c.commune_code)
        .join(TeamMember, TeamMember.team_id == team_communes.c.team_id)
        .where(TeamMember.user_id == person.id, TeamMember.valid_to.is_(None))
    )


def teammates_of(person: User) -> Select[int]:
    """Select the ids of everybody in a person's teams now, the person among them."""
    mine = select(TeamMember.team_id).where(TeamMember.user_id == person.id, TeamMember.valid_to.is_(None))
    return select(TeamMember.user_id).where(TeamMember.team_id.in_(mine), TeamMember.valid_to.is_(None))
