"""What the services and the database hold of certificates, whoever asks."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from cooperatives.certificates import services as sending
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.certificates.tasks import clear_taken_back, tell_of_endings
from cooperatives.models import MemberRole, Membership
from products.certificates.queries import links_of
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.notices.models import Notice
from tests import photos
from tests.cooperatives.certificates.sending import decided, facts, found, on_day, sent, verified

V = CertificateVerdict


def notices(person: int, kind: str) -> int:
    return db.session.query(Notice).filter_by(user_id=person, kind=kind).count()


def test_verified_once_and_told(session, cast) -> None:
    code = sent(cast)
    assert notices(cast.officer.id, "certificate_sent") == 1
    assert notices(cast.officer_elsewhere.id, "certificate_sent") == 0
    decided(cast, code)
    assert found(code).state is CertificateState.VERIFIED
    assert [link.decision_id for link in links_of(found(code)).values()] == [found(code).decisions[0].id]
    assert (
        notices(cast.member.id, "certificate_verified") == notices(cast.second_member.id, "certificate_verified") == 1
    )
    for verdict in (V.VERIFY, V.RETURN):
        with pytest.raises(Conflict):
            decided(cast, code, verdict, note="muộn")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("grade", {"grade": 2}),
        ("grade", {"kind": "vietgap", "grade": 4}),
        ("number", {"number": ""}),
        ("issued_on", {"issued_on": timedelta(days=1)}),
        ("expires_on", {"expires_on": None}),
        ("expires_on", {"expires_on": timedelta(days=-1)}),
        ("expires_on", {"expires_on": timedelta(days=-400)}),
        ("kind", {"kind": "none"}),
    ],
)
def test_what_is_no_certificate(session, cast, field: str, changes: dict) -> None:
    given = {name: today() + value if isinstance(value, timedelta) else value for name, value in changes.items()}
    with pytest.raises(Invalid) as problem, writing():
        sending.send(cast.cooperative(), facts(**given), "0" * 64, cast.member)
    assert problem.value.field == field


@pytest.mark.parametrize("left", [False, True])
def test_no_officer_decides_on_his_own(session, cast, left: bool) -> None:
    code = sent(cast)
    with writing():
        place = Membership(cooperative_id=cast.ids["cooperative"], user_id=cast.officer.id, role=MemberRole.MEMBER)
        place.left_at = clock.now() if left else None
        db.session.add(place)
    with pytest.raises(NotAllowed):
        decided(cast, code)
    row = {"certificate_id": found(code).id, "officer_id": cast.officer.id, "verdict": V.VERIFY}
    with pytest.raises(IntegrityError, match="own"), writing():
        db.session.execute(insert(CertificateDecision).values(**row))


def test_the_database_holds_the_way_and_the_facts(session, cast) -> None:
    code = sent(cast)
    with pytest.raises(IntegrityError, match="without a decision"), writing():
        db.session.execute(update(Certificate).values(state=CertificateState.VERIFIED))
    decided(cast, code)
    for facts_of_it in ({"number": "9"}, {"expires_on": today() + timedelta(days=999)}, {"digest": "1" * 64}):
        with pytest.raises(IntegrityError, match="never changes"), writing():
            db.session.execute(update(Certificate).values(**facts_of_it))
    row = {name: getattr(found(code), name) for name in ("kind", "issuer", "issued_on", "digest", "whole_seller")}
    row |= {"cooperative_id": cast.ids["cooperative"], "added_by_id": cast.ids["member"], "number": "", "scope": ""}
    with pytest.raises(IntegrityError, match="begins with the officer"), writing():
        db.session.execute(insert(Certificate).values(state=CertificateState.VERIFIED, **row))


def test_a_newer_one_takes_its_place_when_verified(session, cast) -> None:
    old = verified(cast)
    new = sent(cast, days=900, older=old)
    assert found(old).state is CertificateState.VERIFIED
    with pytest.raises(Conflict):
        sent(cast, days=901, older=old)
    decided(cast, new)
    assert (found(old).state, found(new).state) == (CertificateState.REPLACED, CertificateState.VERIFIED)


def test_what_came_back_is_mended_by_a_new_row(session, cast) -> None:
    old = verified(cast)
    new = decided(cast, sent(cast, older=old), V.RETURN, field="number", note="Số mờ")
    again = sent(cast, older=new)
    assert found(new).state is CertificateState.TAKEN_BACK
    assert found(again).replaces_id == found(old).id
    decided(cast, again)
    assert found(old).state is CertificateState.REPLACED


def test_a_refusal_needs_words_and_an_ended_one_is_not_verified(session, cast) -> None:
    code = sent(cast, days=0)
    for verdict in (V.RETURN, V.WITHDRAW):
        with pytest.raises(Invalid):
            decided(cast, code, verdict)
    on_day(today() + timedelta(days=1))
    with pytest.raises(Invalid):
        decided(cast, code)
    decided(cast, code, V.RETURN, field="expires_on", note="Đã hết hạn")


def test_withdrawn_by_the_officer(session, cast) -> None:
    code = verified(cast)
    decided(cast, code, V.WITHDRAW, note="Bị thu hồi")
    assert found(code).state is CertificateState.WITHDRAWN
    assert notices(cast.member.id, "certificate_withdrawn") == 1
    entry = db.session.query(AuditEntry).filter_by(action="certificate_withdraw").one()
    assert entry.facts["certificate"] == code


def test_told_sixty_thirty_and_seven_days_before_once_each(session, cast) -> None:
    code, last = verified(cast, days=61), today() + timedelta(days=61)
    told = {}
    for before in (61, 60, 59, 31, 30, 29, 8, 7, 6, 0, -1):
        on_day(last - timedelta(days=before))
        told[before] = tell_of_endings(), tell_of_endings()
    assert {before for before, (first, _) in told.items() if first} == {60, 30, 7}
    assert not any(second for _, second in told.values())
    assert notices(cast.member.id, "certificate_ending") == 3
    assert found(code).told_days == 7


def test_whoever_sent_the_next_one_is_left_in_peace(session, cast) -> None:
    sent(cast, days=900, older=verified(cast, days=5))
    assert tell_of_endings() == 0


def test_files_of_what_was_taken_back_go_after_a_month(session, cast, storage) -> None:
    names, picture = set(storage.list("private/certificates/")), photos.jpeg(320, 240, seed=77)
    code = sent(cast, picture=picture)
    with writing():
        sending.take_back(found(code), cast.member)
    assert clear_taken_back() == 0
    clock.set_for_tests(clock.now() + timedelta(days=31))
    other = sent(cast, days=900, picture=picture)  # the same photo again
    assert clear_taken_back() == 1
    assert len(set(storage.list("private/certificates/")) - names) == 2
    with writing():
        sending.take_back(found(other), cast.member)
    clock.set_for_tests(clock.now() + timedelta(days=31))
    assert clear_taken_back() == 1
    assert set(storage.list("private/certificates/")) == names
