"""When the ten seconds are over: carried out once, or withdrawn where it may not be any more."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from cooperatives.models import MemberRole, Membership
from cooperatives.standing import services as market_standing
from products import queries, services
from products.lifecycle import RevisionState
from products.models import Product
from products.review import effect, tasks, triggers
from products.review.checks import CHECKS
from products.review.models import Verdict, Withdrawal
from shop.accounts.models import OfficerCommune, Role, RoleGrant
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.notices.models import Notice
from tests.products.review.sent import decided, decisions_on, sent_goods, taken, ten_seconds_pass


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    return product.id


def the(key):
    return db.session.get_one(Product, key)


def state_of(key):
    return queries.last_revision(the(key)).state


def take_back(cast, key):
    services.take_back(the(key), cast.member)


def send_other_words(cast, key):
    take_back(cast, key)
    services.save_draft(services.editable(the(key), cast.member), {"name": "Miến khác"}, cast.member)
    services.submit(the(key), cast.member)


def withdraw(cast, key):
    services.withdraw(the(key), cast.member)


def suspend(cast, _key):
    market_standing.suspend(cast.cooperative(), cast.admin, "Kiểm tra")


def lose_the_commune(cast, _key):
    db.session.execute(
        update(OfficerCommune).where(OfficerCommune.user_id == cast.officer.id).values(valid_to=clock.now())
    )


def lose_the_role(cast, _key):
    chosen = RoleGrant.user_id == cast.officer.id, RoleGrant.role == Role.OFFICER
    db.session.execute(update(RoleGrant).where(*chosen).values(valid_to=clock.now()))


def join(cast, _key):
    db.session.add(Membership(cooperative_id=cast.cooperative().id, user_id=cast.officer.id, role=MemberRole.MEMBER))


FALLS = [
    (take_back, Withdrawal.TAKEN_BACK, RevisionState.DRAFT),
    (send_other_words, Withdrawal.TAKEN_BACK, RevisionState.SUBMITTED),
    (withdraw, Withdrawal.TAKEN_BACK, RevisionState.DRAFT),
    (suspend, Withdrawal.SUSPENDED, RevisionState.SUBMITTED),
    (lose_the_commune, Withdrawal.NOT_YOURS, RevisionState.SUBMITTED),
    (lose_the_role, Withdrawal.NOT_YOURS, RevisionState.SUBMITTED),
    (join, Withdrawal.NOT_YOURS, RevisionState.SUBMITTED),
]


@pytest.mark.parametrize(("what", "why", "state"), FALLS)
@pytest.mark.parametrize("verdict", Verdict)
def test_what_happened_meanwhile_withdraws_it_and_its_officer_is_told(goods, cast, verdict, what, why, state):
    taken(cast, the(goods), verdict, "Một lời")
    with writing():
        what(cast, goods)
    assert ten_seconds_pass() == 1
    kept = decisions_on(goods)[0]
    assert (kept.withdrawn_why, kept.withdrawn_by_id, kept.carried_out_at) == (why, None, None)
    assert state_of(goods) is state
    assert the(goods).approved_revision_id is None
    told = db.session.scalars(select(Notice).where(Notice.kind == f"decision_{why.value}")).one()
    assert told.user_id == cast.officer.id
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decision_withdrawn")).one()
    assert (entry.actor_id, entry.facts["why"]) == (None, why.value)
    if what is not join:  # who decided before he joined is found by `four_eyes` only as long as it stands
        assert [fault for check in CHECKS for fault in check()] == []


def test_a_restored_seller_waits_again(goods, cast):
    taken(cast, the(goods), Verdict.APPROVE)
    with writing():
        suspend(cast, goods)
    ten_seconds_pass()
    with writing():
        market_standing.restore(cast.cooperative(), cast.admin)
    decided(cast, the(goods), Verdict.APPROVE)
    assert state_of(goods) is RevisionState.APPROVED


def test_carried_out_once(goods, cast):
    decision = taken(cast, the(goods), Verdict.APPROVE)
    with writing():
        assert effect.carry_out(decision.id) is None, "not yet"
    assert [ten_seconds_pass(), ten_seconds_pass()] == [1, 0]
    with writing():
        assert effect.carry_out(decision.id) is None, "not again"
    assert len(db.session.scalars(select(Notice.id).where(Notice.kind == "revision_approved")).all()) == 2
    assert decisions_on(goods)[0].carried_out_at >= decisions_on(goods)[0].effective_at


def test_a_storage_that_does_not_answer_is_asked_again_and_then_no_more(goods, cast, monkeypatch):
    def down(*_args):
        raise OSError("no route to host")

    with monkeypatch.context() as broken:
        broken.setattr(tasks.photos, "publish", down)
        taken(cast, the(goods), Verdict.APPROVE)
        assert ten_seconds_pass() == 0
        assert (state_of(goods), decisions_on(goods)[0].pending) == (RevisionState.SUBMITTED, True)
        clock.pass_for_tests(tasks.PATIENCE)
        assert tasks.carry_out_due() == 1
    assert decisions_on(goods)[0].withdrawn_why is Withdrawal.FAILED
    decided(cast, the(goods), Verdict.APPROVE)
    assert state_of(goods) is RevisionState.APPROVED


def test_what_cannot_be_carried_out_is_given_up_at_once(goods, cast, monkeypatch):
    def refuse(*_args):
        raise Conflict("the price is not one")

    monkeypatch.setattr(effect.approval, "apply", refuse)
    taken(cast, the(goods), Verdict.APPROVE)
    assert ten_seconds_pass() == 1
    assert (state_of(goods), decisions_on(goods)[0].withdrawn_why) == (RevisionState.SUBMITTED, Withdrawal.FAILED)
    assert db.session.scalars(select(Notice.user_id).where(Notice.kind == "decision_failed")).all() == [cast.officer.id]


FORGERIES = [
    ("UPDATE decisions SET effective_at = '2020-01-01 00:00:00'", f"{triggers.STAYS}|takes_effect_afterwards"),
    ("UPDATE decisions SET carried_out_at = decided_at", "carried_out_when_due"),
    (
        "UPDATE decisions SET withdrawn_at = decided_at, withdrawn_why = 'suspended', carried_out_at = effective_at",
        "withdrawn_has_no_effect",
    ),
    ("UPDATE decisions SET withdrawn_at = decided_at", "withdrawal_has_a_reason"),
    ("UPDATE decisions SET withdrawn_at = decided_at, withdrawn_why = 'undone'", "only_people_undo"),
    (
        "UPDATE decisions SET withdrawn_at = decided_at, withdrawn_why = 'undone', withdrawn_by_id = :other",
        "undone_by_its_officer",
    ),
    (
        "UPDATE decisions SET withdrawn_at = effective_at, withdrawn_why = 'undone', withdrawn_by_id = officer_id",
        "undone_before_its_effect",
    ),
    ("UPDATE decisions SET verdict = 'return'", triggers.STAYS),
    ("UPDATE decisions SET note = 'Khác'", triggers.STAYS),
    ("UPDATE decisions SET number = 2", triggers.STAYS),
    ("""UPDATE decisions SET reasons = '[{"rule": "photo_dark"}]'""", triggers.STAYS),
    ("DELETE FROM decisions", triggers.STAYS),
    (
        "INSERT INTO decisions (revision_id, number, officer_id, verdict, note, decided_at, effective_at) "
        "SELECT revision_id, number, officer_id, 'reject', 'x', decided_at, effective_at FROM decisions "
        "WHERE id = :ours",
        "(?i)unique",
    ),
]


@pytest.mark.parametrize(("forgery", "says"), FORGERIES)
def test_the_database_refuses(goods, cast, forgery, says):
    decision = taken(cast, the(goods), Verdict.APPROVE)
    only = " WHERE id = :ours" if not forgery.startswith("INSERT") else ""
    values = {"ours": decision.id} | ({"other": cast.officer_elsewhere.id} if ":other" in forgery else {})
    with pytest.raises(IntegrityError, match=says), writing() as session:
        session.execute(text(forgery + only), values)


@pytest.mark.parametrize("ended", ["undone", "carried out"])
def test_an_end_is_an_end(goods, cast, ended):
    decision = taken(cast, the(goods), Verdict.APPROVE)
    if ended == "undone":
        with writing():
            effect.services.undo(the(goods), 1, cast.officer)
    else:
        ten_seconds_pass()
    back = "withdrawn_at = NULL, withdrawn_why = NULL, withdrawn_by_id = NULL, carried_out_at = NULL"
    with pytest.raises(IntegrityError, match=triggers.STAYS), writing() as session:
        session.execute(text(f"UPDATE decisions SET {back} WHERE id = :ours"), {"ours": decision.id})
