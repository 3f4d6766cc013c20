"""Cash at the door: who has it, what a carrier paid in, and that each step happens once, by a manager."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.notices.models import Notice
from shop.orders.models import Method
from shop.payments.takings import services
from shop.payments.takings.models import CashTaking, TakingState
from shop.payments.takings.queries import managed_by, with_carriers
from shop.payments.takings.tasks import tell_of_overdue_cash
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import at
from tests.shop.payments.at_the_door import order_of, remittance, taken, taking, violations
from tests.shop.payments.outside import bought


def pay_in(codes, came, actor, *, because="", reference="FT1"):
    with writing():
        return services.pay_in(codes, came, reference, because, actor).code


def audited(action):
    return len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all())


def test_a_carrier_has_it_first(cast):
    code = taken(cast)
    found = taking(code)
    assert (found.state, found.carrier, found.amount) == (TakingState.COLLECTED, "Xe Hải Vân", order_of(code).total)
    assert (follow_cash(), violations()) == (0, [])


@pytest.mark.parametrize("way", ["own_delivery", "pickup"])
def test_by_the_own_hand_it_is_there_at_once(cast, way):
    found = taking(taken(cast, way=way))
    assert (found.state, found.carrier, found.remittance_id) == (TakingState.RECONCILED, "", None)
    assert (with_carriers(cast.member), violations()) == ([], [])


def test_without_a_name_the_way_is_the_carrier(cast):
    assert taking(taken(cast, carrier="")).carrier in {"Bưu điện", "Gửi xe khách"}


@pytest.mark.parametrize("state", ["refused", "cancelled", "handed_over"])
def test_nothing_is_taken_where_nothing_was_paid(cast, state):
    code = bought(cast, Method.CASH, tea=1).codes[0]
    at(order_of(code).id, state)
    follow_cash()
    assert (db.session.query(CashTaking).count(), violations()) == (0, [])


def test_several_come_as_one_sum(cast):
    codes = [taken(cast), taken(cast, "xe hai van", tea=2)]
    due = sum(taking(code).amount for code in codes)
    code = pay_in(codes, due, cast.member)
    assert [taking(one).state for one in codes] == [TakingState.REMITTED] * 2
    found = remittance(code)
    assert (found.due, found.came, found.short, found.noted_by_id) == (due, due, 0, cast.member.id)
    assert (audited("cash_remitted"), violations()) == (1, [])


def test_what_the_carrier_kept_has_a_reason(cast):
    code = taken(cast)
    due = taking(code).amount
    with pytest.raises(Invalid) as problem:
        pay_in([code], due - 10_000, cast.member)
    assert problem.value.field == "because"
    assert taking(code).state is TakingState.COLLECTED
    found = remittance(pay_in([code], due - 10_000, cast.member, because="Phí thu hộ"))
    assert (found.short, found.because) == (10_000, "Phí thu hộ")
    assert violations() == []


@pytest.mark.parametrize(("came", "field"), [(0, "came"), (-5, "came"), (10**9, "came")])
def test_the_sum_must_be_theirs(cast, came, field):
    code = taken(cast)
    with pytest.raises(Invalid) as problem:
        pay_in([code], came, cast.member)
    assert problem.value.field == field


def test_one_carrier_at_a_time(cast):
    codes = [taken(cast), taken(cast, "Bưu điện")]
    with pytest.raises(Invalid) as problem:
        pay_in(codes, 1, cast.member)
    assert problem.value.field == "orders"
    with pytest.raises(Invalid):
        pay_in([], 1, cast.member)


def test_noted_once(cast):
    code = taken(cast)
    due = taking(code).amount
    pay_in([code], due, cast.member)
    with pytest.raises(Conflict):
        pay_in([code], due, cast.member)
    assert audited("cash_remitted") == 1


def test_seen_once(cast):
    code = taken(cast)
    key = pay_in([code], taking(code).amount, cast.member)
    with writing():
        services.see(remittance(key), cast.member)
    assert taking(code).state is TakingState.RECONCILED
    with pytest.raises(Conflict), writing():
        services.see(remittance(key), cast.member)
    assert (audited("cash_reconciled"), violations()) == (1, [])


@pytest.mark.parametrize("who", ["second_member", "stranger", "officer", "admin", "buyer", "helper"])
def test_only_the_managers_own(cast, who):
    code = taken(cast)
    with pytest.raises(Conflict):
        pay_in([code], taking(code).amount, cast.user(who))
    assert cast.ids["cooperative"] not in set(db.session.scalars(managed_by(cast.user(who))))


def test_managers_are_told_once_of_what_a_carrier_keeps_too_long(cast):
    for packs in (1, 2):
        taken(cast, tea=packs)
    assert tell_of_overdue_cash() == 0
    clock.set_for_tests(clock.now() + timedelta(days=7, minutes=1))
    assert (tell_of_overdue_cash(), tell_of_overdue_cash()) == (2, 0)
    told = db.session.scalars(select(Notice).where(Notice.kind == "cash_overdue")).all()
    assert [(one.user_id, one.url) for one in told] == [(cast.member.id, "/my/cash")]


@pytest.mark.parametrize("wrong", ["amount", "state", "missing"])
def test_the_checks_find_what_is_wrong(cast, wrong):
    code = taken(cast)
    with writing():
        found = taking(code)
        if wrong == "amount":
            found.amount += 1
        elif wrong == "state":
            key = services.pay_in([code], found.amount, "", "", cast.member)
            db.session.flush()
            found = taking(code)
            found.state, found.reconciled_at = TakingState.RECONCILED, clock.now()
            assert key.seen_at is None
        else:
            db.session.delete(found)
    assert len(violations()) == 1
