"""Reading cooperatives, always through the person who asks."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.helping.models import Consent
from cooperatives.models import BankAccount, Cooperative, Invitation, MemberRole, Membership
from shop.accounts.models import Role, User
from shop.audit import acting
from shop.core import clock
from shop.core.db import db


def roles_of(user_id: int) -> Iterable[Role]:
    """Return member and manager for somebody who belongs to a cooperative now."""
    kinds = set(
        db.session.scalars(
            select(Membership.role).where(Membership.user_id == user_id, Membership.left_at.is_(None)).distinct()
        )
    )
    if kinds:
        yield Role.MEMBER
    if MemberRole.MANAGER in kinds:
        yield Role.MANAGER


def open_to(user: User) -> Select[int]:
    """Select the ids of the cooperatives whose things are open to a person now; every other query asks here.

    Those the person belongs to; while they help with consent that one alone, for as long as the consent stands.
    """
    helped = acting.of(user.id)
    if helped is not None:
        return select(Consent.cooperative_id).where(
            Consent.id == helped.consent_id, Consent.helper_id == user.id, Consent.stands()
        )
    return select(Membership.cooperative_id).where(Membership.user_id == user.id, Membership.left_at.is_(None))


def of_person(user: User) -> Select[Cooperative]:
    """Select the cooperatives that are open to a person now, by name."""
    return select(Cooperative).where(Cooperative.id.in_(open_to(user))).order_by(Cooperative.name)


def one_for(user: User, code: str) -> Select[Cooperative]:
    """Select the cooperative with this public code, if the person belongs to it."""
    return of_person(user).where(Cooperative.code == code)


def lock(cooperative: Cooperative) -> None:
    """Take the seller's row for this transaction and read it afresh: what is kept of one seller comes one by one."""
    taken = select(Cooperative).where(Cooperative.id == cooperative.id).with_for_update()
    db.session.scalars(taken.execution_options(populate_existing=True)).one()  # what is not fetched is not read


def hold_still(cooperative: Cooperative) -> None:
    """Read the seller afresh and let nobody join, help or suspend it until this transaction ends; readers share it."""
    shared = select(Cooperative).where(Cooperative.id == cooperative.id).with_for_update(read=True)
    db.session.scalars(shared.execution_options(populate_existing=True)).one()


def membership(user: User, cooperative: Cooperative) -> Membership | None:
    """Return the person's standing membership, or None."""
    return db.session.scalar(
        select(Membership).where(
            Membership.user_id == user.id,
            Membership.cooperative_id == cooperative.id,
            Membership.left_at.is_(None),
        )
    )


def members(cooperative: Cooperative) -> list[Membership]:
    """Return the standing memberships with their people, managers first."""
    return list(
        db.session.scalars(
            select(Membership)
            .options(joinedload(Membership.user))
            .where(Membership.cooperative_id == cooperative.id, Membership.left_at.is_(None))
            .order_by(Membership.role.desc(), Membership.id)
        )
    )


def open_invitations(phone: str) -> list[Invitation]:
    """Return the invitations that wait for the owner of this E.164 number."""
    return list(
        db.session.scalars(
            select(Invitation).where(
                Invitation.phone == phone, Invitation.closed_at.is_(None), Invitation.expires_at > clock.now()
            )
        )
    )


def invitation_for(user: User, code: str) -> Select[Invitation]:
    """Select the invitation with this code, if it went to the person's own number."""
    return select(Invitation).where(Invitation.code == code, Invitation.phone == (user.phone or ""))


def invitations_of(cooperative: Cooperative) -> list[Invitation]:
    """Return the invitations of a cooperative that are still open, newest first."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.cooperative_id == cooperative.id,
                Invitation.closed_at.is_(None),
                Invitation.expires_at > clock.now(),
            )
            .order_by(Invitation.id.desc())
        )
    )


def member_by_code(cooperative: Cooperative, code: str) -> Select[Membership]:
    """Select the standing membership with this public code."""
    return select(Membership).where(
        Membership.cooperative_id == cooperative.id, Membership.code == code, Membership.left_at.is_(None)
    )


def with_account(cooperative_ids: Iterable[int]) -> set[int]:
    """Return which of these cooperatives have a bank account in force."""
    counts = BankAccount.in_force_at.is_not(None), BankAccount.replaced_at.is_(None)
    rows = select(BankAccount.cooperative_id).where(BankAccount.cooperative_id.in_(list(cooperative_ids)), *counts)
    return set(db.session.scalars(rows))


def bank_account(cooperative: Cooperative) -> BankAccount | None:
    """Return the account in force, or None; one that waits for a second person is not it (cooperatives.bank)."""
    return db.session.scalar(
        select(BankAccount).where(
            BankAccount.cooperative_id == cooperative.id,
            BankAccount.in_force_at.is_not(None),
            BankAccount.replaced_at.is_(None),
        )
    )
