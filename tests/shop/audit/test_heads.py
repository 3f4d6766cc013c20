"""The hourly heads: what they saw must still be there."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from shop.audit import checks, tasks, triggers
from shop.audit.models import AuditEntry, AuditHead
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db, writing


@pytest.fixture
def head(cast):
    """Three kept changes and the head over them."""
    with writing():
        for number in range(3):
            record("renamed", cast.member, cast.member, number=number)
    clock.set_for_tests(clock.now() + timedelta(minutes=3))
    assert tasks.digest_heads() == 1
    return db.session.query(AuditHead).one()


def broken_by(statement):
    """Do what the triggers forbid, as somebody with the database in hand could."""
    with writing() as session:
        triggers.drop(session.connection())
        session.execute(text(statement))
    return list(checks.heads_hold())


def test_sound(head):
    assert list(checks.heads_hold()) == []


def test_rows_that_still_move_wait_for_the_next_head(cast):
    with writing():
        record("renamed", cast.member, cast.member)
    newest = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    tasks.digest_heads()
    assert not db.session.query(AuditHead).filter(AuditHead.newest_entry_id >= newest.id).count()


def test_a_chain_cut_at_its_end_is_missed(head):
    assert list(checks.chains_hold()) == []
    found = broken_by("DELETE FROM audit_entries WHERE id = (SELECT max(id) FROM audit_entries)")
    assert list(checks.chains_hold()) == []  # nobody but the head can tell
    assert len(found) == 1


def test_a_whole_chain_is_missed(head):
    assert broken_by("DELETE FROM audit_entries WHERE subject_kind = 'users'")


def test_a_later_head_stands_on_the_one_before(cast, head):
    with writing():
        record("renamed", cast.member, cast.member)
    clock.set_for_tests(clock.now() + timedelta(hours=2))
    assert tasks.digest_heads() == 1
    assert list(checks.heads_hold()) == []
    assert len(broken_by("UPDATE audit_heads SET digest = 'x' WHERE id = (SELECT min(id) FROM audit_heads)")) == 2
