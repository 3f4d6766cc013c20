"""The trust a rule asks for, each condition at its border; and an approval that cannot be carried out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products.automatic import services
from products.automatic.models import ApprovalRule
from products.automatic.policies import Record, covers, trusts
from products.review import effect
from products.review.models import Verdict, Withdrawal
from shop.core import clock
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.cast import BINH_LU, SIN_SUOI_HO
from tests.products.automatic.trusted import Lot, an_hour_passes, by_rules, edit, goods, rule, swept

NOW = clock.now()
YES, NO = Verdict.APPROVE, Verdict.RETURN
ASKED = {"approvals": 10, "days": 90, "recent": 10, "returned_percent": 10, "quiet_days": 30, "per_day": 3}
GOOD = Record(NOW - timedelta(days=90), 10, (YES,) * 10, NOW - timedelta(days=31), 2)


def asking(**changes):
    return ApprovalRule(name="Thử", fields=["season", "usage"], communes=[], **(ASKED | changes))


@pytest.mark.parametrize(
    ("changes", "is_trusted"),
    [
        ({}, True),
        ({"since": None}, False),
        ({"since": NOW - timedelta(days=89)}, False),
        ({"approved": 9}, False),
        ({"today": 3}, False),
        ({"trouble_at": None}, True),
        ({"trouble_at": NOW - timedelta(days=29)}, False),
        ({"verdicts": (NO, *(YES,) * 9)}, True),
        ({"verdicts": (NO, NO, *(YES,) * 8)}, False),
        ({"verdicts": (Verdict.REJECT, NO, *(YES,) * 8)}, False),
        ({"verdicts": (*(YES,) * 10, NO, NO, NO)}, True),  # long ago
        ({"verdicts": (NO,)}, False),
        ({"verdicts": ()}, True),  # the number of approvals is asked for apart
    ],
)
def test_each_condition_at_its_border(changes, is_trusted):
    assert trusts(asking(), GOOD._replace(**changes), NOW) is is_trusted


def test_what_is_asked_with_nought_is_not_asked():
    easy = asking(approvals=1, days=0, quiet_days=0)
    assert trusts(easy, Record(NOW, 1, (YES,), NOW, 0), NOW)


@pytest.mark.parametrize(
    ("fields", "communes", "is_covered"),
    [
        (("season",), [], True),
        (("season", "usage"), [], True),
        (("season", "price"), [], False),
        ((), [], False),
        (("season",), [BINH_LU], True),
        (("season",), [SIN_SUOI_HO], False),
    ],
)
def test_which_changes_are_its_own(fields, communes, is_covered):
    made = asking()
    made.communes = communes
    assert covers(made, fields, BINH_LU) is is_covered


def test_an_approval_that_cannot_be_carried_out_is_an_officers(cast, monkeypatch):
    monkeypatch.setattr(services, "_LOT", Lot(99))
    rule(cast)
    code = edit(cast)
    swept()
    key, told = by_rules()[0].id, len(db.session.scalars(select(Notice.id)).all())
    with writing():
        effect.give_up(key)
    assert by_rules()[0].withdrawn_why is Withdrawal.FAILED
    assert len(db.session.scalars(select(Notice.id)).all()) == told, "nobody took it, so nobody is told"
    an_hour_passes()
    assert len(swept()) == 1
    assert goods(code).approved.number == 1
