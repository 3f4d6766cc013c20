"""Which photos a person may see or use."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo, PhotoUse
from cooperatives.queries import open_to
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db


def held_by(cooperative_id: int, digests: Iterable[str]) -> set[str]:
    """Return those of `digests` that this cooperative holds: it may use no other."""
    return set(
        db.session.scalars(
            select(PhotoUse.digest).where(PhotoUse.cooperative_id == cooperative_id, PhotoUse.digest.in_(list(digests)))
        )
    )


def unmeasured(limit: int) -> list[str]:
    """Return digests of photos whose looks nobody has measured yet."""
    found = select(Photo.digest).where(Photo.measured_at.is_(None)).order_by(Photo.digest).limit(limit)
    return list(db.session.scalars(found))


def visible_to(user: User, roles: set[Role], digest: str) -> Photo | None:
    """Return the photo when the person is a member of a cooperative that holds it, its officer, or an admin."""
    photo = db.session.get(Photo, digest)
    if photo is None or Role.ADMIN in roles:
        return photo
    uses = select(PhotoUse.id).join(Cooperative, Cooperative.id == PhotoUse.cooperative_id)
    uses = uses.where(PhotoUse.digest == digest)
    mine = uses.where(PhotoUse.cooperative_id.in_(open_to(user)))
    if db.session.scalar(mine.limit(1)) is not None:
        return photo
    if Role.OFFICER in roles:
        of_his = uses.where(Cooperative.commune_code.in_(communes_of_officer(user.id)))
        return photo if db.session.scalar(of_his.limit(1)) is not None else None
    return None


def by_digest(digests: Iterable[str]) -> dict[str, Photo]:
    """Return some photos by their digest; unknown ones are left out."""
    wanted = list(digests)
    found = db.session.scalars(select(Photo).where(Photo.digest.in_(wanted))) if wanted else ()
    return {photo.digest: photo for photo in found}
