"""Verbs on cooperatives: apply, mend, submit, invite, join, leave, hand over, bank account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from cooperatives import queries
from cooperatives.helping.models import Scope
from cooperatives.helping.queries import ever_helped, given_for, nobody_signs_in
from cooperatives.models import Cooperative, Invitation, Kind, MemberRole, Membership
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit import acting
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.outbox import queue_sms
from shop.core.present import origin
from shop.core.text import slugify
from shop.notices.services import tell

INVITATION_LIFE = timedelta(days=14)


FIXED = frozenset({"kind", "commune_code"})  # of an admitted seller: they decide who answers for it


@dataclass(frozen=True)
class Profile:
    """What an applicant tells: names and texts as typed, phone as E.164, commune as its five digits."""

    name: str
    kind: Kind
    commune_code: str
    hamlet: str
    contact_name: str
    contact_phone: str


def apply(profile: Profile, actor: User) -> Cooperative:
    """Begin a cooperative as a draft; whoever begins it is its manager. Products may be drafted at once."""
    made = Cooperative(slug=slugify(profile.name), **vars(profile))
    db.session.add(made)
    db.session.flush()
    db.session.add(Membership(cooperative_id=made.id, user_id=actor.id, role=MemberRole.MANAGER))
    record("cooperative_begun", made, actor, kind=profile.kind, commune=profile.commune_code)
    return made


def change(cooperative: Cooperative, told: Mapping[str, str | None], actor: User) -> None:
    """Change columns of the profile, by name. An admitted seller keeps commune and kind: NotAllowed for others."""
    needs_applicant(cooperative, actor)
    changed = sorted(name for name, value in told.items() if getattr(cooperative, name) != value)
    if cooperative.active_since is not None and FIXED & set(changed):
        raise NotAllowed(_l("An admitted seller keeps its kind and commune. Ask the officer."))
    for name in changed:
        setattr(cooperative, name, told[name])
    if "name" in changed:
        cooperative.slug = slugify(cooperative.name)
    if changed:
        record("cooperative_changed", cooperative, actor, fields=changed)


def set_photo(cooperative: Cooperative, digest: str | None, actor: User) -> None:
    """Show another photo (a digest the cooperative holds), or none."""
    needs_manager(cooperative, actor)
    cooperative.photo_digest = digest
    record("photo_set", cooperative, actor, digest=digest)


def submit(cooperative: Cooperative, actor: User) -> None:
    """Send the application to the officers of the commune; raises Conflict when it is not a draft or returned."""
    needs_applicant(cooperative, actor)
    cooperative.move("submit")
    cooperative.submitted_at = clock.now()
    record("cooperative_submitted", cooperative, actor)
    for officer in officers_of_commune(cooperative.commune_code):
        tell(
            officer, "cooperative_submitted", f"/review/cooperatives/{cooperative.code}/decision", name=cooperative.name
        )


def invite(cooperative: Cooperative, phone: str, role: MemberRole, actor: User) -> Invitation:
    """Ask the owner of an E.164 number to join; a second invitation to the same number replaces the first."""
    needs_manager(cooperative, actor)
    db.session.execute(
        update(Invitation)
        .where(Invitation.cooperative_id == cooperative.id, Invitation.phone == phone, Invitation.closed_at.is_(None))
        .values(closed_at=clock.now())
    )
    made = Invitation(
        cooperative_id=cooperative.id,
        phone=phone,
        role=role,
        invited_by_id=actor.id,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    db.session.add(made)
    db.session.flush()
    record("member_invited", cooperative, actor, role=role, personal={"phone": phone})
    text = f"{actor.name} - {cooperative.name}: {origin()}/desk"
    queue_sms(f"invitation:{made.code}", phone, actor.language, text)
    return made


def withdraw_invitation(cooperative: Cooperative, code: str, actor: User) -> None:
    """Take an invitation back; it dies at once."""
    needs_manager(cooperative, actor)
    db.session.execute(
        update(Invitation)
        .where(Invitation.cooperative_id == cooperative.id, Invitation.code == code, Invitation.closed_at.is_(None))
        .values(closed_at=clock.now())
    )
    record("invitation_withdrawn", cooperative, actor, invitation=code)


def accept_invitation(invitation: Invitation, actor: User) -> Membership:
    """Join, for the person whose own proven number was invited; raises Conflict when it closed meanwhile."""
    closed = changed(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.phone == (actor.phone or ""),
            Invitation.closed_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .values(closed_at=clock.now(), accepted_by_id=actor.id)
    )
    if closed != 1:
        raise Conflict(_l("This invitation is over. Ask for a new one."))
    cooperative = invitation.cooperative
    queries.lock(cooperative)  # an officer who decides on its goods now does so before the joining, or not at all
    already = queries.membership(actor, cooperative)
    if already:
        return already
    joined = Membership(cooperative_id=cooperative.id, user_id=actor.id, role=invitation.role)
    db.session.add(joined)
    record("member_joined", cooperative, actor, member=actor.id, role=invitation.role)
    for other in queries.members(cooperative):
        if other.role is MemberRole.MANAGER and other.user_id != actor.id:
            url = f"/cooperatives/{cooperative.code}/members"
            tell(other.user, "cooperative_joined", url, person=actor.name, name=cooperative.name)
    return joined


def leave(cooperative: Cooperative, member_id: int, actor: User) -> None:
    """End a membership: one's own, or another's by a manager. Rights end with the next request.

    Raises Conflict for the last manager, who hands over first.
    """
    queries.lock(cooperative)  # of two managers who leave now, the second is the last
    if member_id != actor.id:
        needs_manager(cooperative, actor)
    found = db.session.scalar(
        select(Membership).where(
            Membership.cooperative_id == cooperative.id, Membership.user_id == member_id, Membership.left_at.is_(None)
        )
    )
    if found is None:
        raise Conflict(_l("This person is not a member any more."))
    if found.role is MemberRole.MANAGER and _managers(cooperative) == 1:
        raise Conflict(_l("Hand over to another manager first: somebody must answer for the orders."))
    found.left_at = clock.now()
    record("member_left", cooperative, actor, member=member_id)


def hand_over(cooperative: Cooperative, member_id: int, actor: User) -> None:
    """Make another member manager too; raises Conflict when that person is no member."""
    needs_manager(cooperative, actor)
    done = changed(
        update(Membership)
        .where(
            Membership.cooperative_id == cooperative.id, Membership.user_id == member_id, Membership.left_at.is_(None)
        )
        .values(role=MemberRole.MANAGER)
    )
    if done != 1:
        raise Conflict(_l("This person is not a member any more."))
    record("made_manager", cooperative, actor, member=member_id)


def _managers(cooperative: Cooperative) -> int:
    return int(
        db.session.scalar(
            select(func.count(Membership.id)).where(
                Membership.cooperative_id == cooperative.id,
                Membership.role == MemberRole.MANAGER,
                Membership.left_at.is_(None),
            )
        )
        or 0
    )


def needs_manager(cooperative: Cooperative, actor: User) -> None:
    """Raise NotAllowed for whoever is no manager of the cooperative now."""
    mine = queries.membership(actor, cooperative)
    if mine is None or mine.role is not MemberRole.MANAGER:
        raise NotAllowed(_l("Only a manager of the cooperative may do this."))


def needs_answerer(cooperative: Cooperative, actor: User) -> None:
    """Raise NotAllowed but for a manager, and for who helps with replies and acts for this seller just now.

    What an officer asks (papers, an application) is a reply to the officer: the consent names it.
    """
    if acting.of(actor.id) is None:
        needs_manager(cooperative, actor)
    elif cooperative.id not in set(db.session.scalars(given_for(actor, Scope.REPLIES))):
        raise NotAllowed(_l("You were not asked to help with this."))


def needs_applicant(cooperative: Cooperative, actor: User) -> None:
    """Raise NotAllowed but for a manager, and until admission for the helper of those who cannot sign in themselves."""
    needs_answerer(cooperative, actor)
    if acting.of(actor.id) is not None and (cooperative.active_since or not nobody_signs_in(cooperative)):
        raise NotAllowed(_l("Only a manager of the cooperative may do this."))


def needs_outsider(cooperative: Cooperative, officer: User) -> None:
    """Raise NotAllowed for an officer who belongs, or ever belonged, to the cooperative, or ever helped it."""
    found = select(Membership.id).where(Membership.cooperative_id == cooperative.id, Membership.user_id == officer.id)
    if db.session.scalar(found.limit(1)) is not None or ever_helped(officer.id, cooperative.id):
        raise NotAllowed(_l("You belong to this cooperative or have helped it. Another officer decides."))
