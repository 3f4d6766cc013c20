"""Which papers a person may see."""

from sqlalchemy import ColumnElement, Select, or_, select

from cooperatives.models import Cooperative
from cooperatives.papers.models import Paper
from cooperatives.queries import open_to
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db


def current(cooperative: Cooperative) -> dict[str, Paper]:
    """Return the seller's standing papers, also those said to be absent, by kind."""
    found = select(Paper).where(Paper.cooperative_id == cooperative.id, Paper.removed_at.is_(None))
    return {paper.kind: paper for paper in db.session.scalars(found)}


def visible_to(user: User, roles: set[Role], code: str) -> Select[Paper]:
    """Select the standing paper with this code for whom its seller's things are open, its officer, or an admin."""
    may: list[ColumnElement[bool]] = [Paper.cooperative_id.in_(open_to(user))]
    if Role.OFFICER in roles:
        may.append(_of_officer(user).exists())
    found = select(Paper).where(Paper.code == code, Paper.removed_at.is_(None), Paper.digest.is_not(None))
    return found if Role.ADMIN in roles else found.where(or_(*may))


def one_for_officer(officer: User, code: str) -> Select[Paper]:
    """Select the standing paper with this code, of a seller in the officer's communes."""
    return select(Paper).where(Paper.code == code, Paper.removed_at.is_(None), _of_officer(officer).exists())


def _of_officer(officer: User) -> Select[int]:
    here = Cooperative.commune_code.in_(communes_of_officer(officer.id))
    return select(Cooperative.id).where(Cooperative.id == Paper.cooperative_id, here)
