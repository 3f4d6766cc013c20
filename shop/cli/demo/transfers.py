"""From the plan to rows: what came into sellers' accounts, what of it waits and why, and who tells of it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from cooperatives.models import Cooperative
from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import Seller
from shop.core.codes import order_code, public_code
from shop.core.present import settings
from shop.core.seal import seal
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.transfers.models import Credit, CreditState, CreditUse, Doubt, TransferBill

LATER = timedelta(minutes=18)  # from the order to the money
MORE = 20_000  # đồng too much
PAID = {"paid", "paid_twice", "just_paid", "to_send_back", "sent_back"}  # stories whose money came
OPEN = {"waiting", "short", "over"}  # stories whose money may still come
UNPAID = OPEN | {"lapsed", "ended"}
PREFIX = "MBVCB.7{number:09d}.{memo}.CT tu 0123456789 {name}"


def kept() -> timedelta:
    """Return how long the goods of an order are kept for its transfer."""
    return timedelta(hours=settings().transfer_hours)


class Transfers:
    """Writes bills, credits and notifiers onto the sheet of a Writer that wrote sellers."""

    def __init__(self, writer: Writer, seed: int) -> None:
        self.writer, self.sheet, self.rng = writer, writer.sheet, Random(seed + 11)
        self.sellers = {writer.sellers[one.key]: one for one in writer.market.sellers}
        self.came: list[tuple[dict[str, Any], int | None]] = []  # rows of credits, and the payment each pays
        self.told: dict[int, datetime] = {}  # when something came last, by seller
        self.stories: dict[str, tuple[dict[str, Any], int]] = {}  # the first order of each, and its payment

    def bill(self, payment: int, order: dict[str, Any], story: str) -> None:
        """Write whom a payment goes to and, where the story says so, what came for it."""
        seller = self.sellers[order["cooperative_id"]]
        account = {"bank_bin": seller.bank_bin, "account": seller.bank_number}
        whom = {"cooperative_id": order["cooperative_id"], "holder": seller.bank_holder, "memo": order["code"]}
        self.sheet.plain(TransferBill, payment_id=payment, **account, **whom)
        self.stories.setdefault(story, (order, payment))
        if story in PAID:
            self._credit(order, order["total"], order["placed_at"] + LATER, about=order["code"], pays=payment)

    def credits(self) -> None:
        """Write what came to all sellers, in the order in which it came."""
        self._doubts()
        for row, payment in sorted(self.came, key=lambda one: one[0]["booked_at"]):
            key, doubt, by, at = self.sheet.add(Credit, **row), row["doubt"], row["ended_by_id"], row["booked_at"]
            if payment is not None:
                self.sheet.add(CreditUse, credit_id=key, payment_id=payment, amount=row["amount"])
            facts = {"doubt": doubt.value, "order": row["order_code"]} if doubt else {"used": row["used"]}
            self.sheet.audit(Credit, key, f"credit_{'waits' if doubt else row['state'].value}", by, at, **facts)

    def _doubts(self) -> None:
        """Write one amount for every reason why money waits, all for the first seller, and two dealt with."""
        cases = {name: order for name, (order, _payment) in self.stories.items()}
        short, over, paid = cases["short"], cases["over"], cases["paid_twice"]
        self._waits(Doubt.SHORT, short, short["total"] - MORE, short["code"])
        self._waits(Doubt.OVER, over, over["total"] + MORE, over["code"])
        self._waits(Doubt.TWICE, paid, paid["total"], paid["code"])
        self._waits(Doubt.LATE, cases["lapsed"], cases["lapsed"]["total"], cases["lapsed"]["code"])
        self._waits(Doubt.CANCELLED, cases["ended"], cases["ended"]["total"], cases["ended"]["code"])
        several = f"{short['code']} {over['code']}"
        self._waits(Doubt.SEVERAL, short, short["total"] + over["total"] - MORE, several)
        self._waits(Doubt.UNKNOWN, short, 90_000, order_code(settings().code_prefix, self.rng))
        self._waits(Doubt.NO_CODE, short, 150_000, "chuyen tien mua che")
        for state, note in ((CreditState.SENT_BACK, "FT26310, ngày hôm qua"), (CreditState.OTHER, "")):
            at = self.writer.now - timedelta(days=2)
            self._credit(short, 35_000, at, memo="NGUYEN THI HOA chuyen tien", state=state, note=note)

    def notifiers(self) -> None:
        """Connect every selling seller's account; the test bank knows the secrets (`shop.cli.sandbox`)."""
        for key, seller in self.sellers.items():
            if seller.state == "active":
                self._notifier(key, seller)

    def _notifier(self, key: int, seller: Seller) -> None:
        at, manager = self.writer.now - seller.age / 2, self.writer.managers[seller.key]
        row = {"code": public_code(self.rng), "kind": NotifierKind.SEPAY, "made_by_id": manager, "made_at": at}
        secret, told = seal(f"{self.rng.getrandbits(160):040x}"), self.told.get(key)
        self.sheet.add(BankNotifier, **row, cooperative_id=key, secret=secret, ended_at=None, last_told_at=told)
        self.sheet.audit(Cooperative, key, "notifier_connected", manager, at, kind="sepay", code=row["code"])

    def _waits(self, doubt: Doubt, order: dict[str, Any], amount: int, memo: str) -> None:
        at = min(self.writer.now, order["placed_at"] + timedelta(days=1, hours=1)) - timedelta(minutes=5)
        words = PREFIX.format(number=self.rng.randrange(10**9), memo=memo, name="TRAN VAN MINH")
        sure = doubt not in {Doubt.NO_CODE, Doubt.UNKNOWN, Doubt.SEVERAL}
        about = order["code"] if sure else None
        self._credit(order, amount, at, memo=words, state=CreditState.WAITING, doubt=doubt, about=about)

    def _credit(
        self,
        order: dict[str, Any],
        amount: int,
        at: datetime,
        *,
        state: CreditState = CreditState.SETTLED,
        doubt: Doubt | None = None,
        about: str | None = None,
        memo: str = "",
        note: str = "",
        pays: int | None = None,
    ) -> None:
        """Note one amount that came to the seller of `order`."""
        key, seller = order["cooperative_id"], self.sellers[order["cooperative_id"]]
        waits, by_hand = state is CreditState.WAITING, state in {CreditState.SENT_BACK, CreditState.OTHER}
        manager = self.writer.managers[seller.key] if by_hand else None
        words = memo or PREFIX.format(number=self.rng.randrange(10**9), memo=about, name="LE THU HA")
        row: dict[str, Any] = {
            "code": public_code(self.rng),
            "cooperative_id": key,
            "bank_bin": seller.bank_bin,
            "account": seller.bank_number,
            "source": NotifierKind.SEPAY.value,
            "reference": f"FT{self.rng.randrange(10**12):012d}",
            "amount": amount,
            "used": amount if state is CreditState.SETTLED else 0,
            "memo": words,
            "order_code": about,
            "booked_at": at,
            "received_at": at,
            "state": state,
            "doubt": doubt,
            "ended_at": None if waits else at,
            "ended_by_id": manager,
            "note": note,
        }
        self.told[key] = max(at, self.told.get(key, at))
        self.came.append((row, pays))
