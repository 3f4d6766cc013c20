"""Which spoken notes a person may hear or use."""

from sqlalchemy import ColumnElement, or_, select

from cooperatives.models import Cooperative
from cooperatives.queries import open_to
from cooperatives.voices.models import VoiceNote
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db


def held_by(cooperative_id: int, digest: str) -> VoiceNote | None:
    """Return the note with this digest, if the cooperative holds it: it may use no other."""
    return db.session.scalar(
        select(VoiceNote).where(VoiceNote.cooperative_id == cooperative_id, VoiceNote.digest == digest)
    )


def audible_to(user: User, roles: set[Role], digest: str) -> VoiceNote | None:
    """Return the note when the person is a member of a cooperative that holds it, its officer, or an admin."""
    may: list[ColumnElement[bool]] = [VoiceNote.cooperative_id.in_(open_to(user))]
    if Role.OFFICER in roles:
        of_his = Cooperative.commune_code.in_(communes_of_officer(user.id))
        may.append(select(Cooperative.id).where(Cooperative.id == VoiceNote.cooperative_id, of_his).exists())
    found = select(VoiceNote).where(VoiceNote.digest == digest)
    return db.session.scalar((found if Role.ADMIN in roles else found.where(or_(*may))).limit(1))
