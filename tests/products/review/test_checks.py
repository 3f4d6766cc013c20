"""`flask verify` finds a decision that somebody tampered with."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from products.models import Product
from products.review import triggers
from products.review.checks import CHECKS
from products.review.models import Verdict
from shop.core import clock
from shop.core.db import db, writing
from tests.products.review.sent import decided, sent_goods

FELL = "withdrawn_at = decided_at, withdrawn_why = 'suspended', carried_out_at = NULL"


def found():
    return [fault for check in CHECKS for fault in check()]


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    decided(cast, product, Verdict.APPROVE)
    assert found() == []
    clock.pass_for_tests(timedelta(hours=1))
    with writing():
        triggers.drop(db.session.connection())  # whoever can tamper can do that too
    return product.id


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("DELETE FROM decisions", "approved by 0 decisions"),
        ("DELETE FROM decisions", "public without an approval"),
        ("UPDATE decisions SET verdict = 'return'", "its decision says return"),
        ("UPDATE decisions SET verdict = 'return'", "public without an approval"),
        (f"UPDATE decisions SET {FELL}", "approved by 0 decisions"),
        ("UPDATE decisions SET carried_out_at = NULL", "waits to be carried out"),
        ("UPDATE decisions SET number = 7", "approved by 0 decisions"),
        ("UPDATE decisions SET number = 7", "revision 7 is not in the audit"),
        ("UPDATE product_revisions SET state = 'rejected'", "is rejected, its decision says approve"),
        ("UPDATE memberships SET user_id = (SELECT officer_id FROM decisions LIMIT 1), left_at = joined_at", "its own"),
        ("UPDATE product_revisions SET created_by_id = (SELECT officer_id FROM decisions LIMIT 1)", "its own"),
        ("UPDATE product_revisions SET submitted_by_id = (SELECT officer_id FROM decisions LIMIT 1)", "its own"),
        ("UPDATE decisions SET officer_id = (SELECT MAX(id) FROM users)", "not in the audit"),
    ],
)
def test_a_tampered_row_is_found(goods, damage, says):
    with writing():
        db.session.execute(text(damage))
    code = db.session.get_one(Product, goods).code
    assert any(says in fault and code in fault for fault in found())


def test_a_membership_that_began_later_is_no_fault(goods, cast):
    with writing():
        db.session.execute(
            text(
                "UPDATE memberships SET user_id = (SELECT officer_id FROM decisions LIMIT 1), "
                "joined_at = '2999-01-01 00:00:00+00:00' WHERE id = (SELECT MAX(id) FROM memberships)"
            )
        )
    assert found() == []


@pytest.mark.parametrize("verdict", [Verdict.RETURN, Verdict.REJECT])
def test_refusals_are_counted_too(cast, verdict):
    with writing():
        product = sent_goods(cast)
    decided(cast, product, verdict, "Một lời")
    assert found() == []
    with writing():
        triggers.drop(db.session.connection())
        db.session.execute(text("DELETE FROM decisions WHERE revision_id > 2"))
    assert any(f"is {verdict.outcome} by 0 decisions" in fault for fault in found())
