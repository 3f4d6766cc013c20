"""What `flask verify` proves about certificates: each that counts was verified, by somebody else, and has its photo."""

from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select

from cooperatives.certificates import queries
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.certificates.scans import large_name, small_name
from cooperatives.models import Membership
from shop.core.db import db
from shop.core.present import storage


def verified_by_decision() -> Iterable[str]:
    """Every certificate that is or was verified has the kept decision of an officer."""
    decided = select(CertificateDecision.certificate_id).where(CertificateDecision.verdict == CertificateVerdict.VERIFY)
    after = (CertificateState.VERIFIED, CertificateState.REPLACED, CertificateState.WITHDRAWN)
    found = select(Certificate.code).where(Certificate.state.in_(after), Certificate.id.not_in(decided))
    for code in db.session.scalars(found):
        yield f"certificate {code} counts or counted without a decision"


def nobody_decides_on_his_own() -> Iterable[str]:
    """No officer decided on what he sent himself, nor for a seller to which he belonged by then."""
    member = (Membership.cooperative_id == Certificate.cooperative_id) & (
        Membership.user_id == CertificateDecision.officer_id
    )
    joined = Membership.joined_at <= CertificateDecision.decided_at
    found = (
        select(Certificate.code)
        .join(CertificateDecision, CertificateDecision.certificate_id == Certificate.id)
        .outerjoin(Membership, member & joined)
        .where(or_(Membership.id.is_not(None), CertificateDecision.officer_id == Certificate.added_by_id))
        .distinct()
    )
    for code in db.session.scalars(found):
        yield f"certificate {code} was decided by one of its own"


def told_ones_have_their_photo() -> Iterator[str]:
    """Every certificate that buyers are told of has both files of its photo."""
    there = set(storage().list("private/certificates/"))
    for code, digest in db.session.execute(queries.public(Certificate.code, Certificate.digest)):
        if not {large_name(digest), small_name(digest)} <= there:
            yield f"certificate {code} is told to buyers, but its photo is gone"


CHECKS = [verified_by_decision, nobody_decides_on_his_own, told_ones_have_their_photo]
