"""Sweeps: a word 60, 30 and 7 days before a certificate ends, and the files of those that never counted."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import or_, select, update

from cooperatives.certificates import queries, scans, services
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict, ending
from shop.core import clock
from shop.core.db import changed, db, writing

STEPS = (60, 30, 7)  # days before the last one
KEPT = timedelta(days=30)  # files of what was taken back: a slip of the thumb, a question of the officer
AT_ONCE = 50


def tell_of_endings() -> int:
    """Tell the sellers whose certificates end soon, once at each step; whoever sent the next one is left in peace."""
    told = 0
    for days in reversed(STEPS):  # the nearest first: one that was never told is told once, not three times
        due = ending(days) & or_(Certificate.told_days.is_(None), Certificate.told_days > days)
        found = list(db.session.scalars(select(Certificate.id).where(due).order_by(Certificate.id).limit(AT_ONCE)))
        db.session.rollback()
        for key in found:
            with writing():
                if changed(update(Certificate).where(Certificate.id == key, due).values(told_days=days)):
                    told += _told(db.session.get_one(Certificate, key))
    return told


def _told(certificate: Certificate) -> int:
    if queries.open_renewals([certificate.id]):
        return 0
    services.tell_ending(certificate)
    return 1


def clear_taken_back() -> int:
    """Delete the files of certificates taken back a month ago that no other row names; returns how many rows."""
    verified = select(CertificateDecision.certificate_id).where(
        CertificateDecision.verdict == CertificateVerdict.VERIFY
    )
    gone = (Certificate.state == CertificateState.TAKEN_BACK) & Certificate.id.not_in(verified)
    kept = Certificate.cleared_at.is_(None)
    due = gone & kept & (Certificate.added_at < clock.now() - KEPT)
    rows = db.session.execute(select(Certificate.id, Certificate.digest).where(due).limit(AT_ONCE)).all()
    wanted = [row.digest for row in rows]
    used = set(db.session.scalars(select(Certificate.digest).where(Certificate.digest.in_(wanted), ~due, kept)))
    db.session.rollback()  # files take their time; no snapshot is kept open for them
    for key, digest in rows:
        if digest not in used:
            scans.delete(current_app.extensions["storage"], digest)
        with writing():
            db.session.execute(update(Certificate).where(Certificate.id == key).values(cleared_at=clock.now()))
    return len(rows)


SWEEPS = [tell_of_endings, clear_taken_back]
