"""Reading consents: what a helper's session opens, whom a helper helps, who helps a household."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.helping.models import Consent, ConsentRequest, Scope, Way
from cooperatives.helping.scopes import is_given_away, rooms_of
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, MemberRole, Membership
from cooperatives.teams.queries import communes_of, teammates_of
from shop.accounts.models import LoginName, Role, User
from shop.accounts.queries import staff_roles
from shop.audit.acting import Acting, Help
from shop.core import clock
from shop.core.db import db

GONE = {CooperativeState.DECLINED, CooperativeState.SUSPENDED, CooperativeState.CLOSED}


def help_of(consent_id: int, helper_id: int, room: str) -> Help | None:
    """Return what the session of a helper who picked this consent opens in a room; None for another's consent."""
    found = db.session.execute(
        select(Consent, Consent.stands().label("stands"))
        .where(Consent.id == consent_id, Consent.helper_id == helper_id)
        .options(joinedload(Consent.cooperative))
    ).one_or_none()
    if found is None:
        return None
    consent = found.Consent
    stands = bool(found.stands) and _is_helper(helper_id)
    account = consent.way is not Way.RECORDING or not nobody_signs_in(consent.cooperative)
    rooms = rooms_of(consent.scopes, account=account) if stands else frozenset()
    opens = room in rooms
    return Help(
        seller=consent.cooperative.name,
        consent=consent.code,
        stands=stands,
        opens=opens,
        shut=is_given_away(room, account=account) and not opens,
        rooms=rooms,
        acting=Acting(helper_id, consent.given_by_id, consent.cooperative_id, consent.id, consent.code),
    )


def given_to(helper: User) -> list[Consent]:
    """Return the consents by which a helper may act now, by the seller's name."""
    mine = select(Consent).where(Consent.helper_id == helper.id, Consent.stands())
    found = db.session.scalars(mine.options(joinedload(Consent.cooperative).joinedload(Cooperative.commune)))
    return sorted(found, key=lambda one: one.cooperative.name)


def given_for(helper: User, scope: Scope) -> Select[int]:
    """Select the ids of the sellers for whom a helper may do this part of the work now."""
    return select(Consent.cooperative_id).where(
        Consent.helper_id == helper.id, getattr(Consent, scope.value), Consent.stands()
    )


def helpers_of(cooperative_id: int, scope: Scope) -> list[User]:
    """Return who may do this part of a seller's work now, the first to be asked first."""
    standing = select(User).join(Consent, Consent.helper_id == User.id)
    here = (Consent.cooperative_id == cooperative_id, getattr(Consent, scope.value), Consent.stands())
    return [one for one in db.session.scalars(standing.where(*here).order_by(Consent.id)) if _is_helper(one.id)]


def _is_helper(user_id: int) -> bool:
    return Role.HELPER in set(staff_roles(user_id))


def one_given_to(helper: User, code: str) -> Select[Consent]:
    """Select a helper's own consent with this public code, while it stands."""
    return select(Consent).where(Consent.helper_id == helper.id, Consent.code == code, Consent.stands())


def of_member(person: User) -> list[Consent]:
    """Return all consents of the cooperatives a person belongs to, those that count and the newest first."""
    rows = db.session.scalars(
        select(Consent)
        .where(Consent.cooperative_id.in_(_belongs_to(person)))
        .options(joinedload(Consent.helper), joinedload(Consent.cooperative), joinedload(Consent.given_by))
        .order_by(Consent.id.desc())
    )
    return sorted(rows, key=lambda one: one.is_over)


def one_of_member(person: User, code: str) -> Select[Consent]:
    """Select the consent with this code, if the person belongs to the cooperative it is about."""
    return select(Consent).where(Consent.code == code, Consent.cooperative_id.in_(_belongs_to(person)))


def _belongs_to(person: User) -> Select[int]:
    return select(Membership.cooperative_id).where(Membership.user_id == person.id, Membership.left_at.is_(None))


def request_for(person: User, code: str) -> Select[ConsentRequest]:
    """Select the open request with this code, for the helper who asked and the manager who was asked."""
    return select(ConsentRequest).where(
        ConsentRequest.code == code,
        (ConsentRequest.helper_id == person.id) | (ConsentRequest.asked_of_id == person.id),
        ConsentRequest.closed_at.is_(None),
        ConsentRequest.expires_at > clock.now(),
    )


def requests_to(person: User) -> list[ConsentRequest]:
    """Return the requests that wait for this person's answer, newest first."""
    waiting = select(ConsentRequest).where(
        ConsentRequest.asked_of_id == person.id,
        ConsentRequest.closed_at.is_(None),
        ConsentRequest.expires_at > clock.now(),
    )
    return list(db.session.scalars(waiting.order_by(ConsentRequest.id.desc())))


def sellers_near(helper: User) -> Select[Cooperative]:
    """Select the sellers in the communes of a helper's teams, by name; a helper asks nobody else."""
    return (
        select(Cooperative)
        .where(Cooperative.commune_code.in_(communes_of(helper)), Cooperative.state.not_in(GONE))
        .order_by(Cooperative.name)
    )


def sellers_to_show(helper: User) -> list[Cooperative]:
    """Return the admitted sellers of the team's communes, and those anybody of the team helps."""
    helped = select(Consent.cooperative_id).where(Consent.helper_id.in_(teammates_of(helper)), Consent.stands())
    known = (Cooperative.state == CooperativeState.ACTIVE) | Cooperative.id.in_(helped)
    return list(db.session.scalars(sellers_near(helper).where(known).options(joinedload(Cooperative.commune))))


def seller_with_phone(helper: User, phone: str) -> Cooperative | None:
    """Return the seller near the helper whose manager has this E.164 number; what is told to the helper is its name."""
    managers = (
        select(Membership.cooperative_id)
        .join(User, User.id == Membership.user_id)
        .where(User.phone == phone, Membership.role == MemberRole.MANAGER, Membership.left_at.is_(None))
    )
    return db.session.scalar(sellers_near(helper).where(Cooperative.id.in_(managers)).limit(1))


def manager_with_phone(cooperative: Cooperative) -> User | None:
    """Return the manager whose own phone gets the code: the one who has been there longest."""
    return db.session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.cooperative_id == cooperative.id,
            Membership.role == MemberRole.MANAGER,
            Membership.left_at.is_(None),
            User.phone.is_not(None),
            User.disabled_at.is_(None),
        )
        .order_by(Membership.id)
        .limit(1)
    )


def nobody_signs_in(cooperative: Cooperative) -> bool:
    """Say whether no manager of a seller has a name to sign in with: such a household says yes aloud."""
    managers = (
        select(LoginName.id)
        .join(Membership, Membership.user_id == LoginName.user_id)
        .where(
            Membership.cooperative_id == cooperative.id,
            Membership.role == MemberRole.MANAGER,
            Membership.left_at.is_(None),
        )
    )
    return db.session.scalar(managers.limit(1)) is None


def ever_helped(helper_id: int, cooperative_id: int) -> bool:
    """Say whether a person ever had this seller's consent: what helpers wrote is never theirs to decide."""
    found = select(Consent.id).where(Consent.helper_id == helper_id, Consent.cooperative_id == cooperative_id)
    return db.session.scalar(found.limit(1)) is not None
