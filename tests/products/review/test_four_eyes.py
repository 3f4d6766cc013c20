"""Nobody decides on his own work: the rule, the door, the service and the database each say so."""

from datetime import timedelta
from itertools import product as pairs

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from cooperatives.models import MemberRole, Membership
from products import queries
from products.lifecycle import RevisionState
from products.models import Product
from products.review import services, triggers
from products.review.models import Verdict
from shop.accounts.models import OfficerCommune
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import NotAllowed
from tests.products.review.sent import decisions_on, path_of, sent_goods, ten_seconds_pass

DAY = timedelta(days=1)
MEMBERSHIPS = {  # days from the sending: (joined, left)
    "a member all along": (-9, None),
    "joined after the sending": (1, None),
    "left after the sending": (-9, 1),
    "left before the sending": (-9, -1),
    "joined and left after the sending": (1, 2),
}
FORGED = text(
    "INSERT INTO decisions (revision_id, number, officer_id, verdict, note, decided_at, effective_at) "
    "VALUES (:revision, 1, :officer, 'approve', '', :now, :now)"
)


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    return product.id


@pytest.fixture
def guarded(session):
    """The trigger, also where the database was made without it."""
    with writing():
        triggers.create(db.session.connection())


def join(cast, joined, left, role=MemberRole.MEMBER):
    now = clock.now()
    dates = {"joined_at": now + joined * DAY, "left_at": now + left * DAY if left is not None else None}
    with writing():
        seller = cast.cooperative().id
        db.session.add(Membership(cooperative_id=seller, user_id=cast.officer.id, role=role, **dates))


def revision_of(key):
    return queries.last_revision(db.session.get_one(Product, key))


def forge(key, officer):
    values = {"revision": revision_of(key).id, "officer": officer.id, "now": clock.now().isoformat(" ")}
    with writing() as session:
        session.execute(FORGED, values)


@pytest.mark.parametrize(("when", "role", "verdict"), list(pairs(MEMBERSHIPS, MemberRole, Verdict)))
def test_no_member_decides_whenever_he_joined_or_left(goods, cast, when, role, verdict):
    join(cast, *MEMBERSHIPS[when], role)
    clock.set_for_tests(clock.now() + 3 * DAY)
    with pytest.raises(NotAllowed), writing():
        services.decide(db.session.get_one(Product, goods), 1, cast.officer, verdict, "Một lời")
    assert revision_of(goods).state is RevisionState.SUBMITTED
    assert decisions_on(goods) == []


@pytest.mark.parametrize("column", ["created_by_id", "submitted_by_id"])
@pytest.mark.parametrize("verdict", Verdict)
def test_nobody_decides_on_what_he_wrote_or_sent(goods, cast, column, verdict):
    with writing():
        setattr(revision_of(goods), column, cast.officer.id)
    with pytest.raises(NotAllowed), writing():
        services.decide(db.session.get_one(Product, goods), 1, cast.officer, verdict, "Một lời")
    assert revision_of(goods).state is RevisionState.SUBMITTED


def test_the_officer_of_another_cooperative_may(goods, cast):
    with writing():
        elsewhere = cast.cooperative("other_cooperative").id
        db.session.add(Membership(cooperative_id=elsewhere, user_id=cast.officer.id, role=MemberRole.MANAGER))
    with writing():
        services.decide(db.session.get_one(Product, goods), 1, cast.officer, Verdict.APPROVE)
    ten_seconds_pass()
    assert revision_of(goods).state is RevisionState.APPROVED


@pytest.mark.parametrize(("begins", "ends"), [(-30, -1), (1, None)])
def test_only_who_answers_for_the_commune_today(goods, cast, browser, begins, ends):
    now = clock.now()
    with writing():
        for row in db.session.scalars(select(OfficerCommune).where(OfficerCommune.user_id == cast.officer.id)):
            row.valid_from, row.valid_to = now + begins * DAY, now + ends * DAY if ends else None
    with pytest.raises(NotAllowed), writing():
        services.decide(db.session.get_one(Product, goods), 1, cast.officer, Verdict.APPROVE)
    browser.sign_in(cast.officer)
    assert browser.post(path_of(db.session.get_one(Product, goods)), verdict="approve").status_code == 404


def test_the_page_says_why_and_the_try_is_kept(goods, cast, browser):
    join(cast, -9, None)
    browser.sign_in(cast.officer)
    path = path_of(db.session.get_one(Product, goods))
    assert browser.get(path).status_code == 200
    assert browser.says("You belong to this cooperative. Another officer decides.")
    assert not browser.all(".decision-bar")
    assert browser.post(path, verdict="approve").status_code == 403
    assert browser.says("You belong to this cooperative. Another officer decides.")
    kept = select(AuditEntry).where(AuditEntry.action == "decision_refused", AuditEntry.subject_id == goods)
    assert db.session.scalars(kept).one().actor_id == cast.officer.id
    assert revision_of(goods).state is RevisionState.SUBMITTED


@pytest.mark.parametrize("when", MEMBERSHIPS)
def test_the_database_refuses_a_forged_decision(goods, cast, guarded, when):
    join(cast, *MEMBERSHIPS[when])
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.officer)


@pytest.mark.parametrize("who", ["member", "second_member"])
def test_the_database_refuses_members_and_writers(goods, cast, guarded, who):
    with pytest.raises(IntegrityError, match=triggers.SAYS):
        forge(goods, cast.user(who))


def test_the_database_refuses_to_change_whose_decision_it_was(goods, cast, guarded):
    forge(goods, cast.officer)
    values = {"who": cast.member.id, "revision": revision_of(goods).id}
    with pytest.raises(IntegrityError, match=f"{triggers.SAYS}|{triggers.STAYS}"), writing() as session:
        session.execute(text("UPDATE decisions SET officer_id = :who WHERE revision_id = :revision"), values)
