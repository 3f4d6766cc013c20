"""One purchase that lives at random, and a purse beside it: what really moved, counted without the books.

Every step is taken as its door takes it, in a transaction of its own; what the services refuse changes nothing.
"""

from collections import Counter
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select

from cooperatives.bank import services as bank
from cooperatives.models import Cooperative
from cooperatives.queries import bank_account
from products.models import Sku
from products.stock.services import hold
from shop.accounts.models import User
from shop.cart import services as carts
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.ledger.models import Account
from shop.orders import services as orders
from shop.orders.lifecycle import LIFECYCLE
from shop.orders.models import Method, Order, Purchase
from shop.payments import services as payments
from shop.payments.disputes import queries as disputes
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.disputes.services import keep as keep_dispute
from shop.payments.methods.base import Disputed, Facts, Given, Moved
from shop.payments.models import WHOLE, Payment, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.paid_in import services as paid_in
from shop.payments.passing import services as passing
from shop.payments.passing.models import CardAccount, Passing, PassingState
from shop.payments.passing.queries import to_move
from shop.payments.queries import cash_to_follow, refunds_due
from shop.payments.refunds import services as refunds
from shop.payments.services import Outcome
from shop.payments.takings import services as cash
from shop.payments.takings.models import CashTaking, Remittance, TakingState
from shop.payments.takings.queries import managed_by
from shop.payments.transfers import services as transfers
from shop.payments.transfers.models import Credit, CreditState
from tests.cast import BINH_LU, SIN_SUOI_HO, Cast, make_cooperative, make_product
from tests.shop.orders.buying import details
from tests.shop.payments import dealing_changes as changes
from tests.shop.payments.dealing_vouchers import covered, put_vouchers, voucher_steps

SELLERS = (1, 1, 1, 2, 2, 3, 4)
_numbers = count(1)


def four_sellers(cast: Cast) -> dict[int, list[str]]:
    """Two sellers more, each of the four with an account; returns the SKU codes of each cooperative."""
    with writing():
        found = [(cast.cooperative(), cast.member), (cast.cooperative("other_cooperative"), cast.stranger)]
        for name, commune, manager in (("HTX Sin Hồ", BINH_LU, cast.member), ("Hộ Mai", SIN_SUOI_HO, cast.stranger)):
            found.append((make_cooperative(name, commune, manager, cast.officer), manager))
        for number, (seller, manager) in enumerate(found):
            db.session.add(
                CardAccount(cooperative_id=seller.id, reference=f"acct_{number}", ready=True, opened_by_id=manager.id)
            )
            bank.propose(seller, "970405", f"360720512345{number}", f"HTX {number}", manager)
            for price in (7_001 + 13 * number, 49_999 + number, 23_457 + number):
                changes.scales(make_product(seller, manager, f"Măng {price}", category="tea", price=price, on_hand=6))
        rows = select(Sku).order_by(Sku.id)
        goods: dict[int, list[str]] = {seller.id: [] for seller, _manager in found}
        for sku in db.session.scalars(rows):
            goods[sku.product.cooperative_id].append(sku.code)
    return goods


class Deal:
    """A purchase of one to four sellers; `purse` is what really lies where, in đồng by (seller, account)."""

    def __init__(self, cast: Cast, goods: dict[int, list[str]], seed: int) -> None:
        self.cast, self.goods, self.rng = cast, goods, Random(seed)
        self.purse: Counter[tuple[int, Account]] = Counter()
        self.method = self.rng.choice(list(Method))
        with writing():
            cart, _token = carts.start(None)
            for seller in self.rng.sample(sorted(goods), self.rng.choice(SELLERS)):
                for code in self.rng.sample(goods[seller], self.rng.choice((1, 1, 2))):
                    carts.add(cart, code, self.rng.randint(1, 3), "vi")
            purchase = orders.place(put_vouchers(self, cart), details(), self.method, cart.attempt, None)
            payments.open_payment(purchase)
            self.id = purchase.id
            for payment in self.rows(Payment, Payment.purchase_id == purchase.id):
                payment.provider_session = f"cs_{seed}_{payment.id}" if self.method is Method.CARD else None

    @property
    def purchase(self) -> Purchase:
        """The purchase, afresh."""
        return db.session.get_one(Purchase, self.id)

    def rows(self, table: Any, *conditions: Any) -> list[Any]:
        """Rows of a table, afresh: every example is alone with its purchase."""
        rows = select(table).where(*conditions).order_by(table.id)
        return list(db.session.scalars(rows.execution_options(populate_existing=True)))

    def step(self) -> str:
        """Take one step, which may be refused; returns its name."""
        steps: dict[Callable[[], None], int] = {self.go: 6, self.lapse: 1, self.buy_away: 1} | voucher_steps(self)
        steps |= {
            Method.CARD: {self.card: 6, self.to_cash: 1},
            Method.BANK_QR: {self.transfer: 5, self.to_cash: 1},
            Method.CASH: {self.go: 12},
        }[self.method]
        paid = self.rows(Payment, Payment.state == PaymentState.PAID)
        hears = 15 if self.rows(Dispute, Dispute.state == DisputeState.OPEN) else 3
        steps |= {self.dispute: hears, self.pass_on: 4} if paid and self.method is Method.CARD else {}
        steps |= {self.give_some: 30 if self.method is Method.CASH else 3} if paid else {}
        steps |= {self.look: 4} if self.rows(Credit, Credit.state == CreditState.WAITING) else {}
        steps |= {self.pay_in: 60} if self._with_carriers() else {}
        steps |= {self.see: 8} if self.rows(Remittance, Remittance.credit_id.is_(None)) else {}
        steps |= {self.give: 8} if self.rows(Refund, Refund.state != RefundState.FAILED) else {}
        steps |= changes.steps(self)
        (chosen,) = self.rng.choices(list(steps), list(steps.values()))
        try:
            with writing():
                chosen()
                self.sweep()
        except DomainError:
            db.session.rollback()
        return chosen.__name__

    def go(self) -> None:
        """One side takes an order a step further, or ends it."""
        order = self.rng.choice(self.purchase.orders)
        actions = [action for action in LIFECYCLE.moves if action != "resume" and order.allows(action)]
        action = self.rng.choice(actions or ["accept"])
        getattr(orders, action)(order, None, self.rng.choice(["buyer", "cooperative", "system"]), "")

    def sweep(self) -> None:
        """What the sweeps do: cash is booked, refunds are promised."""
        for key in cash_to_follow(20):
            payments.follow_cash(key)
            payment = db.session.get_one(Payment, key)
            if payment.state is PaymentState.PAID:
                self._move(payment.parts[0].order, Account.CASH, payment.amount)
        for part in refunds_due():
            refunds.promise(part)

    def _with_carriers(self) -> list[CashTaking]:
        rows = select(CashTaking).where(CashTaking.state == TakingState.COLLECTED).order_by(CashTaking.payment_id)
        return list(db.session.scalars(rows.execution_options(populate_existing=True)))

    def pay_in(self) -> None:
        """A carrier pays in what it took for one order, and keeps a fee now and then."""
        taking = self.rng.choice(self._with_carriers())
        came = taking.amount - self.rng.choice([0, self.rng.randint(1, taking.amount // 2)])
        cash.pay_in([taking.payment.parts[0].order.code], came, "VTP", "phí", self._manager(taking.cooperative_id))
        if self.rng.random() < 0.8:
            self.see()

    def see(self) -> None:
        """The seller sees the sum in the account: by itself, or as an amount that the bank tells of."""
        remittance = self.rng.choice(self.rows(Remittance, Remittance.credit_id.is_(None)))
        seller, manager, was = remittance.cooperative_id, self._manager(remittance.cooperative_id), remittance.seen_at
        if self.rng.random() < 0.5:
            cash.see(remittance, manager)
        else:
            into = bank_account(db.session.get_one(Cooperative, seller))
            assert into is not None
            came = transfers.Came(f"FT{next(_numbers)}", remittance.came, "COD", clock.now())
            paid_in.came_as(remittance, transfers.receive(into, "statement", came), manager)
            self.purse[seller, Account.BANK] += remittance.came
            self.purse[seller, Account.CASH] -= remittance.came
        if was is None:
            self.purse[seller, Account.CASH] -= remittance.short
            self.purse[seller, Account.FEES] += remittance.short

    def _manager(self, seller: int) -> User:
        people = self.cast.member, self.cast.stranger
        return next(one for one in people if seller in set(db.session.scalars(managed_by(one))))

    def give(self) -> None:
        """Money goes back: by the provider, who may also fail or bounce, or by the seller's hand."""
        refund = self.rng.choice(self.rows(Refund, Refund.state != RefundState.FAILED))
        was, order, amount = refund.state, refund.part.order, refund.amount
        by_hand = {Method.BANK_QR: Account.BANK, Method.CASH: Account.CASH}.get(refund.part.payment.method)
        if by_hand:
            refunds.given_by_hand(refund.id, "FT1", self.cast.member)
            self._move(order, by_hand, -amount)
            return
        if was is RefundState.DUE and disputes.runs(refund.part.payment_id):
            return  # the sweep sends nothing beside a dispute
        how = self.rng.choice(["done", "done", "sent", "failed"])
        refunds.keep(refund.id, Given(f"re_{refund.id}", how == "done", how == "failed", amount))
        now = db.session.get_one(Refund, refund.id).state
        if RefundState.DONE in {was, now} and was is not now:
            self._move(order, Account.CARD, amount if was is RefundState.DONE else -amount)

    def give_some(self) -> None:
        """The seller promises some of what was paid back: half of it, nearly all, more than there is."""
        payment = self.rng.choice(self.rows(Payment, Payment.state == PaymentState.PAID))
        part = self.rng.choice(payment.parts)
        amount = self.rng.choice([self.rng.randint(1, part.amount), part.amount // 2, part.amount, part.amount + 1])
        refund = refunds.promise_some(part.id, amount, f"line-{next(_numbers)}", self.cast.member)
        if payment.method is Method.CASH:  # from hand to hand
            refunds.given_by_hand(refund.id, "cash", self.cast.member)
            self._move(part.order, Account.CASH, -amount)

    def dispute(self) -> None:
        """The card's bank takes the money, and later decides."""
        payment = self.rng.choice(self.rows(Payment, Payment.state == PaymentState.PAID))
        kept = self.rows(Dispute)
        back = sum(one.amount for one in self.rows(Refund) if one.state in {RefundState.SENT, RefundState.DONE})
        amount, state = payment.amount - back, DisputeState.OPEN
        if kept:
            amount, state = kept[0].amount, self.rng.choice([DisputeState.WON, DisputeState.LOST])
        if amount <= 0 or payment.method is not Method.CARD or (kept and kept[0].state is not DisputeState.OPEN):
            return
        withdrawn = state is not DisputeState.WON
        said = Disputed("du_1", "pi_1", amount, "VND", "fraudulent", state, None, withdrawn, clock.now())
        keep_dispute(payment.id, said)
        if state is not DisputeState.LOST:
            for share in self.rows(DisputeShare):
                self._move(share.part.order, Account.CARD, share.amount if kept else -share.amount)

    def pass_on(self) -> None:
        """What is missing at sellers' accounts follows, what is too much comes back."""
        for part, _amount in to_move(20):
            passing.plan(part)
        for step in self.rows(Passing, Passing.state == PassingState.DUE):
            passing.keep(step.id, Moved(f"tr_{step.id}", step.amount, "vnd"))
            sign = -1 if step.back_of_id else 1
            self._move(step.part.order, Account.CARD, -sign * step.amount)
            self._move(step.part.order, Account.CONNECTED, sign * step.amount)

    def lapse(self) -> None:
        """Nobody paid in time."""
        for payment in self.rows(Payment, Payment.method != Method.CASH):
            payments.lapse(payment.id)

    def buy_away(self) -> None:
        """Somebody else buys what is left of some goods: late money finds them gone."""
        code = self.rng.choice(self.goods[self.rng.choice(sorted(self.goods))])
        (sku,) = self.rows(Sku, Sku.code == code)
        if sku.on_hand > sku.held:
            hold({sku.id: sku.on_hand - sku.held}, f"away-{next(_numbers)}", None)

    def card(self) -> None:
        """The provider says that a card paid, in time or late, once or again, sometimes with another sum."""
        (payment,) = self.rows(Payment, Payment.method == Method.CARD)
        digest, wrong = token_digest(self.purchase.token), self.rng.random() < 0.1
        amount = payment.amount + wrong
        said = Facts(f"{payment.provider_session}", True, True, amount, "VND", "payment", False, digest, "pi_1")
        if payments.settle(payment.id, said) is Outcome.SETTLED:
            for part in self.rows(PaymentPart, PaymentPart.payment_id == payment.id):
                self._move(part.order, Account.CARD, part.amount)

    def to_cash(self) -> None:
        """The buyer pays at the door after all."""
        waiting = self.rows(Payment, Payment.state == PaymentState.WAITING, Payment.method != Method.CASH)
        if waiting:
            payments.pay_at_the_door(self.rng.choice(waiting).id, None)
            self.method = Method.CASH if self.method is Method.CARD else self.method

    def transfer(self) -> None:
        """Money comes into a seller's account: whole, in two pieces, too much, twice, for nothing known."""
        order = self.rng.choice(self.purchase.orders)
        into = bank_account(order.cooperative)
        assert into is not None
        half = self.rng.randint(1, order.total)
        amount = self.rng.choice([order.total, order.total, half, order.total - half or 1, order.total + half])
        memo = order.code if self.rng.random() < 0.85 else "tien hang"
        transfers.receive(into, "statement", transfers.Came(f"FT{next(_numbers)}", amount, memo, clock.now()))
        self._move(order, Account.BANK, amount)

    def look(self) -> None:
        """The seller looks at money that waits: it pays an order, goes back, or has nothing to do with the market."""
        credit = self.rng.choice(self.rows(Credit, Credit.state == CreditState.WAITING))
        mine = Order.purchase_id == self.id, Order.cooperative_id == credit.cooperative_id
        left, how = credit.left, self.rng.choice(["assign", "assign", "back", "other"])
        if how == "assign":
            transfers.assign(credit, [order.code for order in self.rows(Order, *mine)], self.cast.member)
            return
        if how == "back":
            transfers.send_back(credit, "FT2", self.cast.member)
        else:
            transfers.set_aside(credit, "", self.cast.member)
        self.purse[credit.cooperative_id, Account.BANK] -= left

    def _move(self, order: Order, account: Account, amount: int) -> None:
        self.purse[order.cooperative_id, account] += amount


def sold(deal: Deal) -> Counter[int]:
    """What each seller sold, by the states of the orders, less what goes back of those that go on."""
    goes_on = changes.goes_on(deal)
    less = [(refund.part, refund.amount) for refund in deal.rows(Refund, Refund.reason.not_in(WHOLE))]
    for part, amount in less + [(share.part, share.sale) for share in deal.rows(DisputeShare)]:
        if part.order.cooperative_id in goes_on:
            goes_on[part.order.cooperative_id] -= amount
    return Counter(goes_on) + covered(deal.purchase)
