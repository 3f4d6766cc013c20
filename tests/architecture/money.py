"""The doors of transfers: the buyer's by its link, the seller's by who manages it, a notifier's by its signature."""

from typing import Any

from shop.core.db import db, writing
from shop.orders import services as orders
from shop.orders.models import Method, Order
from shop.payments import services as payments
from shop.payments.models import Payment, PaymentPart
from shop.payments.passing.models import Passing, PassingState
from shop.payments.refunds.tasks import promise_refunds
from tests.architecture import things
from tests.architecture.doors import ADMIN, ALL, MANAGER, OFFICERS, OURS, PROVIDER, Door
from tests.architecture.things import Address
from tests.cast import Cast
from tests.shop.orders.buying import at
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.payments.at_the_door import remitted
from tests.shop.payments.changing.asking import asked
from tests.shop.payments.changing.scales import weighable
from tests.shop.payments.outside import bought, payment_of
from tests.shop.payments.transferring import by_transfer, comes, connected, with_accounts


def transfer(cast: Cast, _storage: Any) -> Address:
    """A purchase that waits for its transfer."""
    with_accounts(cast)
    found = by_transfer(cast, tea=1)
    return {"token": found.token, "code": found.codes[0]}


def unclear(cast: Cast, _storage: Any) -> Address:
    """Money that came to the member's cooperative and fits no order."""
    with_accounts(cast)
    return {"code": comes(cast, 5_000, "x")}


def to_send_back(cast: Cast, _storage: Any) -> Address:
    """An order that was paid by transfer and then cancelled."""
    with_accounts(cast)
    found = by_transfer(cast, tea=1)
    comes(cast, found.total, found.codes[0])
    with writing():
        orders.cancel(db.session.query(Order).filter_by(code=found.codes[0]).one(), None, "cooperative", "Hết hàng.")
    promise_refunds()
    return {"code": found.codes[0], "reason": "cancelled"}


def given_back(cast: Cast, _storage: Any) -> Address:
    """An order that was paid by transfer and is on its way."""
    with_accounts(cast)
    found = by_transfer(cast, tea=1)
    comes(cast, found.total, found.codes[0])
    at(db.session.query(Order).filter_by(code=found.codes[0]).one().id, "handed_over")
    return {"code": found.codes[0]}


def refused_step(cast: Cast, _storage: Any) -> Address:
    """Money that Stripe would not pass on to its seller."""
    found = bought(cast, Method.CARD, tea=1)
    with writing():
        payments.book(db.session.get_one(Payment, payment_of(found).id), "pi_door")
        part = db.session.query(PaymentPart).one()
        db.session.add(
            Passing(
                part_id=part.id,
                number=1,
                account="acct_1",
                amount=1,
                state=PassingState.FAILED,
                idempotency_key="pass-door-1",
            )
        )
    return {"code": found.codes[0], "number": 1}


def notifier(cast: Cast, _storage: Any) -> Address:
    with_accounts(cast)
    return {"code": connected(cast)}


def notifier_kind(cast: Cast, _storage: Any) -> Address:
    return {"code": cast.cooperative().code, "kind": "sepay"}


def to_confirm(cast: Cast, _storage: Any) -> Address:
    """An accepted order whose buyer is asked before it is packed, and the key of the receiver's link."""
    code, key = asked_before_packing(cast)
    return {"code": code, "key": key}


def paid_in(cast: Cast, _storage: Any) -> Address:
    """Cash that a carrier paid in for the member's cooperative."""
    return {"code": remitted(cast)}


def changed(cast: Cast, _storage: Any) -> Address:
    """An order whose buyer is asked what to do about missing goods."""
    return asked(cast)


MANAGERS = MANAGER | {"stranger"}
MONEY: dict[str, Door] = {
    "payments.pay": Door(ALL, things.purchase),
    "payments.opening": Door(ALL, things.purchase),
    "payments.cash": Door(ALL, things.purchase),
    "payments.back": Door(ALL, things.purchase),
    "payments.stripe": Door(PROVIDER),
    "changes.answer": Door(ALL, changed, {"answer": "yes"}),
    "desk_changes.propose": Door(OURS, changed, {"packs0": "1", "packs1": "1"}),
    "desk_changes.withdrawal": Door(OURS, changed),
    "desk_weighing.weights": Door(OURS, weighable),
    "transfers.show": Door(ALL, transfer),
    "transfers.state": Door(ALL, transfer),
    "transfers.picture": Door(ALL, transfer),
    "transfers.cash": Door(ALL, transfer),
    "credits.index": Door(MANAGERS),
    "credits.credit": Door(MANAGER, unclear),
    "credits.orders": Door(MANAGER, unclear),
    "credits.sending_back": Door(MANAGER, unclear, {"note": "FT1"}),
    "credits.other": Door(MANAGER, unclear),
    "credits.refund": Door(MANAGER, to_send_back, {"note": "FT1"}),
    "desk_refunding.refund": Door(MANAGER, given_back, {"line": "0", "amount": "1000", "why": "x", "sure": "yes"}),
    "passing.account": Door(MANAGER, things.cooperative),
    "passing.back": Door(MANAGER, things.cooperative),
    "desk_disputes.index": Door(MANAGERS | OFFICERS | ADMIN),
    "desk_reconciling.index": Door(ADMIN),
    "desk_reconciling.again": Door(ADMIN, refused_step),
    "takings.index": Door(MANAGERS),
    "takings.pay_in": Door(MANAGERS, fields={"orders": "LC00000000", "came": "1"}),
    "takings.seen": Door(MANAGER, paid_in),
    "takings.came_as": Door(MANAGER, paid_in, {"credit": "khong-co"}),
    "money.index": Door(MANAGERS),
    "money.table": Door(MANAGERS),
    "statements.statement": Door(MANAGERS),
    "statements.taking": Door(MANAGERS),
    "desk_lifting.index": Door(OFFICERS | ADMIN),
    "desk_searches.index": Door(OFFICERS | ADMIN),
    "notifiers.index": Door(MANAGER, things.cooperative),
    "notifiers.connect": Door(MANAGER, notifier_kind, {"secret": "khoa-bi-mat"}),
    "notifiers.webhook": Door(PROVIDER, notifier),
}
