"""What a way of paying must be able to do, and the plain facts that travel between it and the market."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from shop.orders.models import Method
from shop.payments.disputes.lifecycle import DisputeState


class NoAnswer(Exception):
    """The provider did not answer, or not usefully: it may be asked again, where `kept` under another key."""

    def __init__(self, problem: str, *, kept: bool = False) -> None:
        super().__init__(problem)
        self.kept = kept  # the failure is stored under the idempotency key and would only be repeated


class Refused(Exception):
    """The provider understood and said no; asking again the same way changes nothing."""


class NotProven(Exception):
    """What claims to come from the provider does not carry its signature, or an old one."""


class Share(NamedTuple):
    """What one seller gets of a bill, in đồng."""

    seller: str
    amount: int
    seller_id: int


@dataclass(frozen=True)
class Bill:
    """What is to be paid, seller by seller."""

    parts: tuple[Share, ...]

    @classmethod
    def of(cls, orders: Iterable[Any]) -> "Bill":
        """Make the bill of placed orders."""
        return cls(tuple(Share(order.seller_name, order.due, order.cooperative_id) for order in orders))

    @property
    def total(self) -> int:
        """All together, in đồng."""
        return sum(part.amount for part in self.parts)


@dataclass(frozen=True)
class Item:
    """One line on the provider's page; `price` is đồng for one."""

    name: str
    price: int
    quantity: int


@dataclass(frozen=True)
class Wish:
    """A page to pay on, as it is asked of the provider."""

    key: str  # idempotency key: the same wish again is the same page
    purchase: str  # digest of the purchase's token
    codes: tuple[str, ...]  # of its orders
    amount: int  # đồng
    items: tuple[Item, ...]
    language: str
    expires_at: datetime
    done_url: str  # the provider puts its session's id in
    back_url: str


@dataclass(frozen=True)
class Facts:
    """What the provider says of one session when asked: never what somebody sends us."""

    session: str
    paid: bool
    ended: bool  # nobody can pay it any more
    amount: int
    currency: str  # upper case
    mode: str  # "payment" for a single payment
    live: bool  # real money
    purchase: str  # digest of the purchase's token, as we gave it
    reference: str | None = None  # the charge, for refunds
    url: str | None = None


@dataclass(frozen=True)
class Given:
    """What the provider says of one refund."""

    reference: str
    done: bool
    failed: bool
    amount: int
    problem: str = ""


@dataclass(frozen=True)
class Disputed:
    """What the provider says of one dispute."""

    reference: str
    charge: str  # the reference of the payment
    amount: int  # đồng
    currency: str
    reason: str
    state: DisputeState
    due_at: datetime | None
    withdrawn: bool  # the bank has the money now
    opened_at: datetime


@dataclass(frozen=True)
class Holder:
    """What the provider says of a seller's account."""

    reference: str
    ready: bool  # it may receive
    submitted: bool  # everything was filled in once
    wants: int  # answers it still asks for


@dataclass(frozen=True)
class Moved:
    """What the provider says of money passed on to a seller, or taken back; in the currency it settles in."""

    reference: str
    amount: int
    currency: str


@dataclass(frozen=True)
class There:
    """One thing of the provider's lists."""

    reference: str
    amount: int
    state: str  # done, sent, failed: as our rows say it
    name: str  # what we noted on it
    of: str = ""  # of a refund: the payment
    back: int = 0  # of money passed on: what was taken back


@dataclass(frozen=True)
class Told:
    """One signed event of the provider: a hint where to look, and what it claims."""

    event: str
    kind: str
    subject: str
    said: dict[str, Any]


class PaymentMethod(Protocol):
    """A way to pay a whole purchase; registered in METHODS."""

    code: Method
    name: Any
    hint: Any

    def unavailable_for(self, bill: Bill) -> Any | None:
        """Say why this bill cannot be paid so, naming the seller where one is the reason; None where it can."""


class OnlineMethod(PaymentMethod, Protocol):
    """A way to pay on somebody else's page. Every call goes outside: never inside writing().

    All raise NoAnswer and Refused.
    """

    @property
    def live(self) -> bool:
        """Say whether real money moves."""

    def open(self, wish: Wish) -> Facts:
        """Make a page to pay on."""

    def look_up(self, session: str) -> Facts:
        """Ask how a session stands."""

    def end(self, session: str) -> Facts:
        """Let nobody pay this session any more; one that is paid already stays paid, and the facts say so."""

    def refund(self, reference: str, amount: int, *, name: str, key: str) -> Given:
        """Give back `amount` đồng of a charge; `name` finds the refund again, `key` makes a repeat harmless."""

    def find_refund(self, reference: str, name: str) -> Given | None:
        """Return the refund of this name that was made of a charge before, or None."""

    def look_up_refund(self, refund: str) -> Given:
        """Ask how a refund stands."""

    def proven(self, body: bytes, signature: str) -> Told:
        """Return the event in the raw body of a webhook; raises NotProven."""
