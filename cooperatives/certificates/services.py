"""Verbs on certificates: send, take back, verify, return, withdraw; each ends in a kept row and a told person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from cooperatives.certificates.kinds import KINDS
from cooperatives.certificates.lifecycle import LIFECYCLE, CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.helping.models import Consent
from cooperatives.models import Cooperative, Membership
from cooperatives.queries import lock, members
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit.services import record, record_reading
from shop.core.days import today
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.notices.services import tell

DONE_ALREADY = _l("This certificate was decided already. Open the page again.")
TOLD = {
    CertificateVerdict.VERIFY: "certificate_verified",
    CertificateVerdict.RETURN: "certificate_returned",
    CertificateVerdict.WITHDRAW: "certificate_withdrawn",
}


@dataclass(frozen=True)
class Facts:
    """What a seller says of a paper; days by the calendar of Việt Nam."""

    kind: str
    issuer: str
    issued_on: date
    expires_on: date | None
    number: str = ""
    grade: int | None = None
    scope: str = ""


def send(
    cooperative: Cooperative, facts: Facts, digest: str, actor: User, older: Certificate | None = None
) -> Certificate:
    """Send a certificate with its stored photo to the officer; `older` is the one it takes the place of.

    One that waits or came back is taken back at once; a verified one counts until the new one does.
    Raises Invalid at the field, Conflict where somebody of the seller sent another one meanwhile.
    """
    _check(facts)
    lock(cooperative)
    replaces = None if older is None else _make_room(older, actor)
    made = Certificate(
        cooperative_id=cooperative.id,
        kind=facts.kind,
        grade=facts.grade,
        number=facts.number,
        issuer=facts.issuer,
        scope=facts.scope,
        whole_seller=KINDS[facts.kind].whole,
        issued_on=facts.issued_on,
        expires_on=facts.expires_on,
        digest=digest,
        added_by_id=actor.id,
        replaces_id=replaces,
    )
    db.session.add(made)
    db.session.flush()
    record("certificate_sent", cooperative, actor, certificate=made.code, kind=made.kind)
    for officer in officers_of_commune(cooperative.commune_code):
        tell(officer, "certificate_sent", f"/review/certificates/{made.code}", name=cooperative.name)
    return made


def _check(facts: Facts) -> None:
    kind = KINDS.get(facts.kind)
    if kind is None:
        raise Invalid("kind", _l("Choose one from the list."))
    if kind.badges and not facts.number:
        raise Invalid("number", _l("Enter the number on the paper."))
    if kind.grades and facts.grade not in kind.grades:
        raise Invalid("grade", _l("Choose how many stars it has."))
    if not kind.grades and facts.grade is not None:
        raise Invalid("grade", _l("This kind has no stars."))
    if facts.issued_on > today():
        raise Invalid("issued_on", _l("This day is still to come. See the paper."))
    if kind.years and facts.expires_on is None:
        raise Invalid("expires_on", _l("Enter its last day."))
    if facts.expires_on is not None and facts.expires_on < facts.issued_on:
        raise Invalid("expires_on", _l("Its last day lies before its first."))
    if facts.expires_on is not None and facts.expires_on < today():
        raise Invalid("expires_on", _l("It has ended already. Send the new one."))


def _make_room(older: Certificate, actor: User) -> int | None:
    """Return which verified certificate the new one takes the place of."""
    if older.state is CertificateState.VERIFIED:
        waits = select(Certificate.id).where(
            Certificate.replaces_id == older.id,
            Certificate.state.in_((CertificateState.SUBMITTED, CertificateState.RETURNED)),
        )
        if db.session.scalar(waits) is not None:
            raise Conflict(_l("A newer one is with the officer already."))
        return older.id
    take_back(older, actor)
    return older.replaces_id


def take_back(certificate: Certificate, actor: User) -> None:
    """Take back what waits or came back; its files are cleared by the sweep. Conflict once it was verified."""
    lock(certificate.cooperative)
    _move(certificate, "take_back")
    record("certificate_taken_back", certificate.cooperative, actor, certificate=certificate.code)


def decide(
    certificate: Certificate, officer: User, verdict: CertificateVerdict, field: str = "", note: str = ""
) -> CertificateDecision:
    """Verify, return or withdraw; the decision is kept and the people of the seller are told.

    NotAllowed for an officer who belongs, or ever belonged, to the seller or sent it; Invalid("note") for a refusal
    without words, Invalid("verdict") for verifying what has ended; Conflict when somebody decided first.
    """
    if verdict in {CertificateVerdict.RETURN, CertificateVerdict.WITHDRAW} and not note:
        raise Invalid("note", _l("Say what is wrong, so that they can mend it."))
    if verdict is CertificateVerdict.VERIFY and certificate.is_over:
        raise Invalid("verdict", _l("It has ended. Return it and ask for the new one."))
    decision = keep(certificate, officer, verdict, field, note)
    if verdict is not CertificateVerdict.GOODS:
        _move(certificate, verdict.value)
    if verdict is CertificateVerdict.VERIFY and certificate.replaces_id is not None:
        older = (Certificate.id == certificate.replaces_id) & (Certificate.state == CertificateState.VERIFIED)
        db.session.execute(update(Certificate).where(older).values(state=CertificateState.REPLACED))
    if verdict in TOLD:
        _tell(certificate, TOLD[verdict], note=note)
    return decision


def keep(
    certificate: Certificate, officer: User, verdict: CertificateVerdict, field: str, note: str
) -> CertificateDecision:
    """Keep the row of a decision after looking whether this officer may take it, and whether it is still open."""
    if _is_own(certificate, officer):
        raise NotAllowed(_l("You belong to this cooperative. Another officer decides."))
    lock(certificate.cooperative)
    db.session.refresh(certificate, with_for_update=True)
    goods_of_verified = verdict is CertificateVerdict.GOODS and certificate.state is CertificateState.VERIFIED
    if not goods_of_verified and not LIFECYCLE.allows(certificate.state, verdict.value):
        raise Conflict(DONE_ALREADY)
    decision = CertificateDecision(
        certificate_id=certificate.id, officer_id=officer.id, verdict=verdict, field=field, note=note
    )
    db.session.add(decision)
    record(f"certificate_{verdict.value}", certificate.cooperative, officer, certificate=certificate.code, field=field)
    return decision


def note_look(certificate: Certificate, actor: User) -> None:
    """Keep that somebody of the staff has looked at the photo; inside writing()."""
    lock(certificate.cooperative)
    record_reading(certificate.cooperative, actor, "certificate", certificate.code)


def tell_ending(certificate: Certificate) -> None:
    """Tell the people of a seller how many days a certificate still holds."""
    _tell(certificate, "certificate_ending", days=certificate.days_left)


def _tell(certificate: Certificate, kind: str, **words: object) -> None:
    for one in members(certificate.cooperative):
        with use_language(one.user.language):
            title = certificate.title
        path = f"/cooperatives/{certificate.cooperative.code}/certificates/{certificate.code}"
        tell(one.user, kind, path, certificate=title, **words)


def _move(certificate: Certificate, action: str) -> None:
    free = (Certificate.id == certificate.id) & Certificate.state.in_(LIFECYCLE.sources(action))
    if changed(update(Certificate).where(free).values(state=LIFECYCLE.moves[action][1])) != 1:
        raise Conflict(DONE_ALREADY)
    db.session.refresh(certificate)


def _is_own(certificate: Certificate, officer: User) -> bool:
    """Say whether the officer sent it, or ever belonged to its seller or had the seller's consent to help."""
    seller = certificate.cooperative_id
    ever = select(Membership.id).where(Membership.cooperative_id == seller, Membership.user_id == officer.id)
    helped = select(Consent.id).where(Consent.cooperative_id == seller, Consent.helper_id == officer.id)
    near = select(ever.exists() | helped.exists())
    return certificate.added_by_id == officer.id or bool(db.session.scalar(near))
