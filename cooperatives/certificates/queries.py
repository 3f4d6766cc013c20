"""Certificates, seen through their seller, through the officer of the commune, or by everybody while they count."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from cooperatives.certificates.kinds import SHOWN
from cooperatives.certificates.lifecycle import ENDED, CertificateState
from cooperatives.certificates.models import Certificate, in_force
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.queries import open_to
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.days import today
from shop.core.db import db


def of_cooperative(cooperative: Cooperative) -> list[Certificate]:
    """Return the standing certificates of a seller, what ends first on top; those without a last day at the end."""
    found = select(Certificate).where(Certificate.cooperative_id == cooperative.id, Certificate.state.not_in(ENDED))
    order = (Certificate.expires_on.is_(None), Certificate.expires_on, Certificate.id)
    return list(db.session.scalars(found.order_by(*order)))


def one_for(user: User, code: str) -> Select[Certificate]:
    """Select the certificate with this code, if the person belongs to its seller now."""
    return select(Certificate).where(Certificate.code == code, _of_member(user))


def one_for_officer(officer: User, code: str) -> Select[Certificate]:
    """Select the certificate with this code, of a seller in the officer's communes."""
    return select(Certificate).where(Certificate.code == code, _of_officer(officer))


def in_communes_of(officer: User) -> Select[Certificate]:
    """Select the certificates of sellers in the communes this officer answers for now."""
    return select(Certificate).where(_of_officer(officer))


def visible_to(user: User, roles: set[Role], code: str) -> Select[Certificate]:
    """Select the certificate with this code for a member of its seller, its officer, or an admin."""
    found = select(Certificate).where(Certificate.code == code, Certificate.cleared_at.is_(None))
    if Role.ADMIN in roles:
        return found
    may = [_of_member(user), *([_of_officer(user)] if Role.OFFICER in roles else [])]
    return found.where(or_(*may))


def public(*columns: Any) -> Select[Any]:
    """Select from certificates that buyers may be told of today: verified, not ended, of a seller on the market."""
    return (
        select(*columns)
        .select_from(Certificate)
        .join(Cooperative, Cooperative.id == Certificate.cooperative_id)
        .where(in_force(), Certificate.kind.in_(SHOWN), Cooperative.state == CooperativeState.ACTIVE)
    )


def same_number(certificate: Certificate) -> list[Cooperative]:
    """Return the other sellers who sent a certificate of this kind and number: somebody copied it."""
    alike = select(Certificate.cooperative_id).where(
        Certificate.kind == certificate.kind,
        Certificate.number == certificate.number,
        Certificate.number != "",
        Certificate.cooperative_id != certificate.cooperative_id,
    )
    return list(db.session.scalars(select(Cooperative).where(Cooperative.id.in_(alike)).order_by(Cooperative.name)))


def open_renewals(certificate_ids: Iterable[int]) -> dict[int, Certificate]:
    """Return what waits or came back in place of some certificates, by the id of the older one."""
    waiting = (CertificateState.SUBMITTED, CertificateState.RETURNED)
    found = select(Certificate).where(
        Certificate.replaces_id.in_(list(certificate_ids)), Certificate.state.in_(waiting)
    )
    return {one.replaces_id: one for one in db.session.scalars(found) if one.replaces_id is not None}


def needing(person: User, days: int) -> list[Certificate]:
    """Return what a person's sellers should see to, the most pressing first: what came back, what ends or has ended.

    Of those verified, the ones whose last day is at most `days` away or past, and for which nothing newer was sent.
    """
    newer = aliased(Certificate)
    sent = select(newer.id).where(newer.replaces_id == Certificate.id, newer.state.not_in(ENDED)).exists()
    soon = Certificate.expires_on <= today() + timedelta(days=days)
    due = (Certificate.state == CertificateState.VERIFIED) & soon & ~sent
    wanted = (Certificate.state == CertificateState.RETURNED) | due
    found = (
        select(Certificate)
        .where(_of_member(person), wanted)
        .options(selectinload(Certificate.decisions), joinedload(Certificate.cooperative))
    )
    return list(db.session.scalars(found.order_by(Certificate.state, Certificate.expires_on, Certificate.id)))


def _of_member(user: User) -> ColumnElement[bool]:
    return Certificate.cooperative_id.in_(open_to(user))


def _of_officer(officer: User) -> Any:
    here = Cooperative.commune_code.in_(communes_of_officer(officer.id))
    return select(Cooperative.id).where(Cooperative.id == Certificate.cooperative_id, here).exists()
