"""A bank whose bookings come by two notifiers over the wire, and by its statement."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from cooperatives.bank import services as bank
from cooperatives.queries import bank_account
from shop.core import clock
from shop.core.db import db, writing
from shop.payments.notifiers import services as notifiers
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.transfers import services as transfers
from tests.races.paying import member
from tests.server import Market
from tests.shop.payments import test_casso as casso
from tests.shop.payments.outside import http
from tests.shop.payments.transferring import ACCOUNTS, SECRET, booking


class Line(NamedTuple):
    """A notifier of Bình Lư: the code in the address it calls, and the number of the account it tells of."""

    code: str
    account: str


def told_by_the_bank(market: Market, kind: NotifierKind = NotifierKind.SEPAY) -> Line:
    """Give Bình Lư an account, unless another race did, and a notifier, once."""
    with writing():
        seller, person = market.cast.cooperative(), member(market)
        if bank_account(seller) is None:
            bank.propose(seller, *ACCOUNTS["cooperative"], person)
        account = bank_account(seller)
        assert account is not None
        known = select(BankNotifier.code).where(BankNotifier.cooperative_id == seller.id, BankNotifier.kind == kind)
        code = db.session.scalar(known) or notifiers.connect(seller, kind, SECRET, person).code
        line = Line(code, account.number)
    db.session.remove()
    return line


def by_statement(market: Market, amount: int, memo: str, reference: str) -> bool:
    """Let a statement of the bank name a booking; False where it is known already."""
    with writing():
        into = bank_account(market.cast.cooperative())
        assert into is not None
        came = transfers.Came(reference, amount, memo, clock.now())
        return transfers.receive(into, "statement", came) is not None


def tell(market: Market, line: Line, amount: int, memo: str, reference: str) -> int:
    """Tell a booking over the wire, signed as SePay signs; returns the status."""
    body = json.dumps(booking(amount, memo, referenceCode=reference, accountNumber=line.account)).encode()
    stamp = str(int(datetime.now(UTC).timestamp()))
    seal = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-SePay-Timestamp": stamp, "X-SePay-Signature": f"sha256={seal}", "Content-Type": "application/json"}
    return _post(market, line.code, body, headers)


def tell_by_casso(market: Market, line: Line, amount: int, memo: str, reference: str) -> int:
    """Tell a booking over the wire, signed as Casso signs; returns the status."""
    said = casso.booking(amount, memo, reference=reference, accountNumber=line.account)
    return _post(market, line.code, *casso.signed(said))


def _post(market: Market, code: str, body: bytes, headers: dict[str, str]) -> int:
    return http.post(f"{market.url}/webhooks/bank/{code}", content=body, headers=headers, timeout=60).status_code
