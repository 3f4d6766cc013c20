"""One row of the queue for each revision that waits, whoever writes: the triggers, and what verify says."""

import pytest
from sqlalchemy import delete, select, update

from cooperatives.lifecycle import CooperativeState
from products import services
from products.models import Product
from products.queue.checks import the_queue_is_what_waits
from products.queue.models import WaitingRevision
from products.review import services as review
from products.review.models import Verdict
from shop.core.db import db, writing
from tests.cast import SIN_SUOI_HO
from tests.products.review.sent import decided, sent_edit, sent_goods, taken


def rows():
    db.session.rollback()
    return db.session.execute(select(*WaitingRevision.__table__.columns)).all()


def problems():
    return list(the_queue_is_what_waits())


def test_sending_puts_in_and_taking_back_takes_out(cast):
    with writing():
        key = sent_goods(cast).id
    (row,) = rows()
    assert (row.number, row.product_id, row.is_edit, row.came_back, row.sells) == (1, key, False, False, True)
    with writing():
        services.take_back(db.session.get_one(Product, key), cast.member)
    assert rows() == [] == problems()


@pytest.mark.parametrize("verdict", Verdict)
def test_a_decision_takes_out(cast, verdict):
    with writing():
        sent_edit(cast, name="Chè mới")
    decided(cast, cast.product(), verdict, "Vì thế")
    assert rows() == [] == problems()


def test_mended_comes_back_with_its_new_number(cast):
    with writing():
        sent_edit(cast, name="Chè mới")
    decided(cast, cast.product(), Verdict.RETURN, "Thêm ảnh")
    with writing():
        services.submit(cast.product(), cast.member)
    (row,) = rows()
    assert (row.number, row.came_back, row.is_edit) == (3, True, True)
    assert problems() == []


def test_a_decision_that_has_no_effect_yet_is_out_and_taken_back_is_in(cast):
    """Whatever the state still says: the standing decision counts."""
    with writing():
        sent_edit(cast, name="Chè mới")
    (row,) = rows()
    taken(cast, cast.product(), Verdict.APPROVE)
    assert rows() == [] == problems()
    with writing():
        review.undo(cast.product(), row.number, cast.officer)
    assert [one.came_back for one in rows()] == [False], "it never left"
    assert problems() == []


def test_the_first_approval_ends_being_new(cast):
    with writing():
        for goods in ("tea", "honey"):
            cast.product(goods).approved_revision_id = None
        keys = [sent_goods(cast, key).id for key in ("first-of-two-forms", "second-of-two-forms")]
    assert [one.new_seller for one in rows()] == [True, True]
    decided(cast, db.session.get_one(Product, keys[0]), Verdict.APPROVE)
    assert [one.new_seller for one in rows()] == [False]
    assert problems() == []


def test_sellers_move_and_are_suspended(cast):
    with writing():
        sent_edit(cast, name="Chè mới")
        cast.cooperative().commune_code = SIN_SUOI_HO
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert [(one.commune_code, one.sells) for one in rows()] == [(SIN_SUOI_HO, False)]
    with writing():
        cast.cooperative().state = CooperativeState.ACTIVE
    assert [one.sells for one in rows()] == [True]
    assert problems() == []


def test_verify_names_what_is_lost_and_what_is_too_much(cast):
    with writing():
        sent_edit(cast, name="Chè mới")
        sent_goods(cast)
    first, second = rows()
    with writing():
        db.session.execute(delete(WaitingRevision).where(WaitingRevision.revision_id == first.revision_id))
        db.session.execute(
            update(WaitingRevision).where(WaitingRevision.revision_id == second.revision_id).values(came_back=True)
        )
    assert sorted(problems()) == sorted(
        [
            f"revision {first.revision_id}, number {first.number} does not stand in the queue as it is",
            f"revision {second.revision_id}, number {second.number} does not stand in the queue as it is",
            f"revision {second.revision_id}, number {second.number} stands in the queue as it is",
        ]
    )
