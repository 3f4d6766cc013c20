"""A rule is made and ended, never edited; what it took back waits again; the database holds all of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from products.automatic import queries, services, tasks, triggers
from products.automatic.checks import CHECKS
from products.automatic.models import LIMITS, ApprovalRule
from products.review import services as review
from products.review import triggers as review_triggers
from products.review.checks import decisions_are_audited
from products.review.models import Verdict, Withdrawal
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import BINH_LU
from tests.products.automatic.trusted import ASKED, Lot, an_hour_passes, by_rules, edit, goods, rule, swept, waiting
from tests.products.review.sent import sent_goods, ten_seconds_pass

FORGED = text(
    "INSERT INTO decisions (revision_id, number, officer_id, rule_id, verdict, note, decided_at, effective_at) "
    "VALUES (:revision, :number, :officer, :rule, :verdict, '', :now, :now)"
)


@pytest.fixture(autouse=True)
def lot(monkeypatch):
    monkeypatch.setattr(services, "_LOT", Lot(99))


@pytest.fixture
def taken(cast):
    """A decision of a rule that may still be undone: the code of the goods."""
    rule(cast)
    code = edit(cast)
    assert swept() == [code]
    return code


def held():
    return db.session.scalars(select(ApprovalRule)).one()


def end(cast):
    with writing():
        services.end_rule(held(), cast.admin)


def undo(code, officer):
    with writing():
        return review.undo(goods(code), 2, officer)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 81}),
        ("fields", {"fields": []}),
        ("fields", {"fields": ["ingredients"]}),
        *((name, {name: low - 1}) for name, (low, _high) in LIMITS.items()),
        *((name, {name: high + 1}) for name, (_low, high) in LIMITS.items()),
    ],
)
def test_what_is_no_rule(cast, field, changes):
    with pytest.raises(Invalid) as refused:
        rule(cast, **changes)
    assert refused.value.field == field
    assert db.session.scalars(select(ApprovalRule)).all() == []


def test_two_rules_of_one_name_do_not_hold_at_once(cast):
    rule(cast)
    with pytest.raises(Invalid):
        rule(cast)
    end(cast)
    rule(cast)


@pytest.mark.parametrize("name", LIMITS)
def test_the_database_knows_the_limits(cast, name):
    conditions = ASKED | {name: LIMITS[name][1] + 1}
    made = ApprovalRule(name="Quá tay", fields=["season"], communes=[], made_by_id=cast.admin.id, **conditions)
    with pytest.raises(DBAPIError, match=name), writing():
        db.session.add(made)


@pytest.mark.parametrize("change", ["approvals = 2", "fields = '[\"price\"]'", "name = 'x'", "made_at = ended_at"])
def test_a_rule_is_never_edited(cast, change):
    rule(cast)
    with pytest.raises(DBAPIError, match=triggers.STAYS), writing():
        db.session.execute(text(f"UPDATE approval_rules SET {change}"))


def test_an_ended_rule_neither_holds_again_nor_goes(cast):
    rule(cast)
    end(cast)
    for damage in ("UPDATE approval_rules SET ended_at = NULL, ended_by_id = NULL", "DELETE FROM approval_rules"):
        with pytest.raises(DBAPIError, match=triggers.STAYS), writing():
            db.session.execute(text(damage))


def test_ended_twice(cast):
    rule(cast)
    end(cast)
    with pytest.raises(Conflict):
        end(cast)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "approval_rules")).all()
    assert sorted(actions) == ["rule_ended", "rule_made"]


def test_what_a_rule_took_waits_again_once_it_ends(taken, cast):
    end(cast)
    kept = by_rules()[0]
    assert (kept.withdrawn_why, kept.withdrawn_by_id) == (Withdrawal.RULE_ENDED, None)
    ten_seconds_pass()
    assert goods(taken).approved.number == 1
    assert queries.standing_rules() == []
    rule(cast, "Khác")
    an_hour_passes()
    assert swept() == [taken], "one decision by a rule on these words, and an officer reads them now"
    with writing():
        review.decide(goods(taken), 2, cast.officer, Verdict.APPROVE)
    assert ten_seconds_pass() == 1


def test_a_rule_that_ended_under_the_sweep_decides_nothing(cast):
    made = rule(cast).id
    code = edit(cast)
    end(cast)
    with writing():
        assert services.decide(waiting(code).id, 2, made) is None
    assert by_rules() == []


def test_an_officer_takes_back_what_a_rule_took(taken, cast):
    undo(taken, cast.officer)
    kept = by_rules()[0]
    assert (kept.withdrawn_why, kept.withdrawn_by_id) == (Withdrawal.UNDONE, cast.officer.id)
    an_hour_passes()
    assert len(swept()) == 1, "no rule takes up what an officer took back"
    assert tasks.approve_by_rules() == 0


def test_nobody_else_takes_it_back_and_nobody_too_late(taken, cast):
    for person in (cast.officer_elsewhere, cast.member, cast.admin):
        with pytest.raises(NotAllowed):
            undo(taken, person)
    clock.pass_for_tests(timedelta(seconds=11))
    with pytest.raises(Conflict):
        undo(taken, cast.officer)
    with pytest.raises(NotFound):
        undo(edit(cast, "Chè khác"), cast.officer)


def forge(cast, code, **changes):
    now = clock.now().replace(tzinfo=None) if db.engine.dialect.name == "sqlite" else clock.now()
    values = {"number": 2, "officer": None, "rule": held().id, "verdict": "approve", "now": now}
    with writing():
        db.session.execute(FORGED, values | {"revision": waiting(code).id} | changes)


def drawn(code, sampled):
    with writing():
        assert services._look(waiting(code).id, 2, rule_id=held().id, sampled=sampled)


@pytest.mark.parametrize(
    "changes", [{"verdict": "return"}, {"officer": 4}, {"rule": None}, {"number": 3}, {"verdict": "reject"}]
)
def test_what_the_database_refuses_of_a_rule(cast, changes):
    rule(cast)
    code = edit(cast)
    drawn(code, False)
    with pytest.raises(DBAPIError):
        forge(cast, code, **changes)


def test_the_database_refuses_what_was_not_drawn_or_drawn_for_officers(cast):
    rule(cast)
    code = edit(cast)
    with pytest.raises(DBAPIError, match=triggers.REFUSES):
        forge(cast, code)
    drawn(code, True)
    with pytest.raises(DBAPIError, match=triggers.REFUSES):
        forge(cast, code)


def test_the_database_refuses_an_ended_rule_and_new_goods(cast):
    rule(cast)
    code = edit(cast)
    drawn(code, False)
    with writing():
        new = sent_goods(cast).code
        assert services._look(waiting(new).id, 1, rule_id=held().id, sampled=False)
    with pytest.raises(DBAPIError, match=triggers.REFUSES):
        forge(cast, new, number=1)
    end(cast)
    with pytest.raises(DBAPIError, match=triggers.REFUSES):
        forge(cast, code)


def test_the_database_takes_what_is_right_and_keeps_its_rule(cast):
    rule(cast)
    code = edit(cast)
    drawn(code, False)
    forge(cast, code)
    for damage in ("rule_id = NULL, officer_id = 4", "rule_id = 77"):
        with pytest.raises(DBAPIError), writing():
            db.session.execute(text(f"UPDATE decisions SET {damage} WHERE rule_id IS NOT NULL"))


def faults():
    return [fault for check in [*CHECKS, decisions_are_audited] for fault in check()]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE approval_rules SET fields = '[\"storage\"]'", "changes season"),
        ("UPDATE approval_rules SET fields = '[\"ingredients\"]'", "not of low risk"),
        ("UPDATE automatic_looks SET sampled = (1 = 1)", "no lot gave it"),
        ("DELETE FROM automatic_looks", "no lot gave it"),
        ("UPDATE approval_rules SET made_at = '2020-01-01', ended_at = '2020-01-02', ended_by_id = 1", "had ended"),
        ("UPDATE decisions SET rule_id = NULL, officer_id = 4 WHERE rule_id IS NOT NULL", "not in the audit"),
        ("UPDATE product_revisions SET ship_class = 'fragile' WHERE number = 2", "changes"),
    ],
)
def test_verify_finds_what_somebody_tampered_with(taken, cast, damage, says):
    ten_seconds_pass()
    assert faults() == []
    with writing():
        for one in (triggers, review_triggers):  # whoever can tamper can do that too
            one.drop(db.session.connection())
    with writing():
        db.session.execute(text(damage))
    assert any(says in fault for fault in faults())


def test_a_rule_of_other_communes_and_a_rule_of_ours(cast):
    rule(cast, "Ở đây", communes=[BINH_LU])
    assert len([edit(cast)]) == len(swept()) == 1
