"""Bank transfers in tests: accounts of the cast, money that comes, and a notifier that signs as SePay does."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from cooperatives.bank import services as bank
from cooperatives.queries import bank_account
from shop.core import clock
from shop.core.days import local
from shop.core.db import db, writing
from shop.orders.models import Method
from shop.payments.checks import CHECKS
from shop.payments.models import Payment
from shop.payments.notifiers import services as notifiers
from shop.payments.notifiers.models import NotifierKind
from shop.payments.transfers import services
from shop.payments.transfers.checks import CHECKS as TRANSFER_CHECKS
from shop.payments.transfers.models import Credit
from tests.browser import Browser
from tests.cast import Cast
from tests.shop.payments.outside import Bought, bought

ACCOUNTS = {
    "cooperative": ("970405", "3607205123456", "HTX CHE BINH LU"),
    "other_cooperative": ("970436", "1031933430", "HTX SIN SUOI HO"),
}
SECRET = "a-secret-that-only-the-notifier-knows"
_numbers = count(1)


def with_accounts(cast: Cast) -> None:
    """Give both sellers of the cast a bank account, and Bình Lư a notifier."""
    for name, numbers in ACCOUNTS.items():
        manager = cast.member if name == "cooperative" else cast.stranger
        with writing():
            bank.propose(cast.cooperative(name), *numbers, manager)


def by_transfer(cast: Cast, **packs: int) -> Bought:
    """Place a purchase that waits for transfers."""
    return bought(cast, Method.BANK_QR, **packs)


def payments_of(purchase: Bought) -> list[Payment]:
    """The payments of a purchase, afresh."""
    db.session.expire_all()
    rows = select(Payment).where(Payment.purchase_id == purchase.id).order_by(Payment.id)
    return list(db.session.scalars(rows))


def comes(
    cast: Cast, amount: int, memo: str, *, to: str = "cooperative", reference: str = "", source: str = "statement"
) -> str | None:
    """Let an amount come into a seller's account; returns the code of the credit, None for one known already."""
    with writing():
        into = bank_account(cast.cooperative(to))
        assert into is not None
        came = services.Came(reference or f"FT{next(_numbers):08d}", amount, memo, clock.now())
        credit = services.receive(into, source, came)
        return credit.code if credit else None


def credit(code: str | None) -> Credit:
    """The credit of a code, afresh."""
    db.session.expire_all()
    return db.session.scalars(select(Credit).where(Credit.code == code)).one()


def connected(cast: Cast, kind: NotifierKind = NotifierKind.SEPAY) -> str:
    """Connect a notifier to Bình Lư's account; returns the code in its address."""
    with writing():
        return notifiers.connect(cast.cooperative(), kind, SECRET, cast.member).code


def booking(amount: int, memo: str, **changes: Any) -> dict[str, Any]:
    """What SePay tells of one booking."""
    return {
        "id": next(_numbers),
        "gateway": "Agribank",
        "transactionDate": f"{local(clock.now()):%Y-%m-%d %H:%M:%S}",
        "accountNumber": ACCOUNTS["cooperative"][1],
        "code": None,
        "content": memo,
        "transferType": "in",
        "transferAmount": amount,
        "accumulated": 0,
        "subAccount": None,
        "referenceCode": f"MB{next(_numbers):08d}",
        "description": "",
    } | changes


def told(browser: Browser, code: str, said: Any, *, secret: str = SECRET, age: int = 0) -> int:
    """Send what SePay tells, signed `age` seconds ago; returns the status."""
    body, stamp = json.dumps(said).encode(), str(int(datetime.now(UTC).timestamp()) - age)
    seal = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-SePay-Timestamp": stamp, "X-SePay-Signature": f"sha256={seal}", "Content-Type": "application/json"}
    return posted(browser, code, body, headers)


def posted(browser: Browser, code: str, body: bytes, headers: dict[str, str]) -> int:
    """Post raw bytes to a notifier's address; returns the status."""
    sent = browser.client.post(f"/webhooks/bank/{code}", data=body, headers=headers, base_url=browser.origin)
    db.session.remove()
    return int(sent.status_code)


def violations() -> list[str]:
    """Everything that the checks of payments and transfers find wrong."""
    return [problem for check in (*CHECKS, *TRANSFER_CHECKS) for problem in check()]
