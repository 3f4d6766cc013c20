"""Cash that several note at once: paid in once, seen once, packed only after the answer."""

from collections import Counter

import pytest

from cooperatives.queries import bank_account
from shop.cart import services as carts
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.ledger.models import Kind, LedgerEntry
from shop.orders.confirming import services as confirming
from shop.orders.limits.policies import Wish
from shop.orders.limits.queries import unpaid
from shop.orders.models import Answer, Confirmation, Method, Why
from shop.payments.books.checks import CHECKS
from shop.payments.takings.models import CashTaking, Remittance, TakingState
from shop.payments.takings.services import pay_in
from tests.races.starting import every_round, fresh_goods, person, together
from tests.shop.orders.buying import act, ordered, place
from tests.shop.orders.confirming.asking import settings_with
from tests.shop.payments.at_the_door import taken, taking, violations
from tests.shop.payments.transferring import comes, with_accounts

pytestmark = pytest.mark.race
TEN = 6


@every_round
def test_one_sum_is_noted_once_and_seen_once(market, round_):
    with market.app.app_context():
        code = taken(market.cast)
    hands = [person(market, "member") for _ in range(TEN)]
    fields = {"orders": code, "came": "1k", "because": "Phí thu hộ", "reference": f"FT{round_}"}
    answers = together(lambda who: who.post("/my/cash/remittances", **fields), hands)
    assert Counter(answer.status for answer in answers) == {302: 1, 409: TEN - 1}
    with market.app.app_context():
        (remittance,) = db.session.query(Remittance).filter_by(reference=f"FT{round_}").all()
        path = f"/my/cash/remittances/{remittance.code}/seen"
        key = remittance.id
    answers = together(lambda who: who.post(path), hands)
    assert Counter(answer.status for answer in answers) == {302: 1, 409: TEN - 1}
    with market.app.app_context():
        states = [one.state for one in db.session.query(CashTaking).filter_by(remittance_id=key)]
        assert (states, violations()) == ([TakingState.RECONCILED], [])


@every_round
def test_a_sum_is_one_amount_and_its_fee_is_kept_once(market, round_):
    with market.app.app_context():
        if bank_account(market.cast.cooperative()) is None:
            with_accounts(market.cast)
        code = taken(market.cast)
        due = taking(code).amount
        with writing():
            sum_ = pay_in([code], due - 7, f"RM{round_}", "Phí thu hộ", market.cast.member)
            key, path = sum_.id, f"/my/cash/remittances/{sum_.code}"
        money = comes(market.cast, due - 7, "COD")
    hands = [(person(market, "member"), place % 2) for place in range(TEN)]
    answers = together(
        lambda hand: hand[0].post(f"{path}/seen") if hand[1] else hand[0].post(f"{path}/credit", credit=money), hands
    )
    pressed = [answer.status for answer, (_who, seen) in zip(answers, hands, strict=True) if not seen]
    assert Counter(pressed) == {302: 1, 409: TEN // 2 - 1}
    with market.app.app_context():
        assert db.session.get_one(Remittance, key).credit_id is not None
        fees = db.session.query(LedgerEntry).filter_by(kind=Kind.FEE_KEPT, source_id=key).all()
        assert [fee.amount for fee in fees] == [7]
        assert [problem for check in CHECKS for problem in check()] + violations() == []


@every_round
def test_one_answer_counts(market, round_):
    with market.app.app_context():
        order = ordered(market.cast, tea=1).orders[0]
        with writing():
            db.session.add(Confirmation(order_id=order.id, why=Why.FIRST, key=f"race-{round_}"))
        act(order.id, "accept")
        key, path = order.id, f"/my/orders/{order.code}/confirmation"
    hands = [person(market, "member") for _ in range(TEN)]
    answers = together(lambda who: who.post(path, result="known"), hands)
    assert Counter(answer.status for answer in answers) == {302: 1, 409: TEN - 1}
    with market.app.app_context():
        assert db.session.get_one(Confirmation, key).answer is Answer.KNOWN
        with writing():
            assert confirming.confirm(f"race-{round_}") == 0


@every_round
def test_what_is_unpaid_is_counted_one_after_the_other(market, round_):
    phone, goods = f"+8491299{round_:04d}", fresh_goods(market)

    def one_more(_place):
        with market.app.app_context():
            with writing():
                cart, _token = carts.start(None)
                carts.add(cart, goods.sku, 1, "vi")
                key, attempt = cart.id, cart.attempt
            try:
                place(key, attempt, phone=phone)
            except DomainError:
                return False
            finally:
                db.session.remove()
            return True

    with market.app.app_context(), settings_with(unpaid_orders=3):
        done = together(one_more, range(TEN))
        assert (sum(done), unpaid(Wish(Method.CASH, phone, None, 1, 1)).orders) == (3, 3)
