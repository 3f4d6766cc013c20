"""A statement is understood first and applied when a person has seen what was understood."""

import base64
import json
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cooperatives.models import BankAccount, Cooperative
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.codes import find_order_codes
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.core.seal import BrokenSeal, seal, unseal
from shop.payments.statements import queries
from shop.payments.statements.reading import Line, Statement
from shop.payments.transfers import queries as transfers
from shop.payments.transfers.models import Credit, CreditState
from shop.payments.transfers.services import Came, receive

SOURCE = "statement"
APART = timedelta(days=3)  # a booking's day in a notifier's words and in the statement's may differ by so much


class Understood(NamedTuple):
    """What a statement brings to an account."""

    new: tuple[Line, ...]
    known: int  # told before, by a notifier or a statement
    odd: tuple[int, ...]  # rows whose number stands for other money already: never taken
    unnumbered: tuple[int, ...]

    @property
    def total(self) -> int:
        """What is new, in đồng."""
        return sum(line.came.amount for line in self.new)

    @property
    def named(self) -> int:
        """How many of the new ones name an order, of whatever seller."""
        prefix = settings().code_prefix
        return sum(bool(find_order_codes(line.came.memo, prefix)) for line in self.new)


class Applied(NamedTuple):
    """What became of it."""

    paid: int  # amounts that pay orders
    waiting: int
    known: int


def understand(into: BankAccount, statement: Statement) -> Understood:
    """Say what of a statement is new; raises Invalid where the file names another account than the chosen one."""
    bare = into.number.lstrip("0")
    if statement.accounts and bare not in {number.lstrip("0") for number in statement.accounts}:
        named = ", ".join(sorted(statement.accounts))
        raise Invalid("account", _l("The file is of another account: %(numbers)s.", numbers=named))
    kept = queries.known(into, [line.came.reference for line in statement.lines])
    fresh: dict[str, Line] = {}
    odd, known = [], 0
    for line in statement.lines:
        before = kept.get(line.came.reference)
        first = fresh.setdefault(line.came.reference, line) if before is None else line
        if (before is not None and not _same(before, line.came)) or first.came != line.came:
            odd.append(line.row)
        elif before is not None or first is not line:
            known += 1
    return Understood(tuple(fresh.values()), known, tuple(sorted(odd)), statement.unnumbered)


def apply(into: BankAccount, lines: Sequence[Came], actor: User) -> Applied:
    """Take what a person has seen, all in one transaction, in the order in which it came.

    Inside writing(). Lines that are known meanwhile change nothing.
    """
    prefix = settings().code_prefix
    named = {code for came in lines for code in find_order_codes(came.memo, prefix)}
    transfers.dues(into, sorted(named))  # every payment's row is held before the first changes: nobody waits crosswise
    credits = [receive(into, SOURCE, came, tells=False) for came in lines]
    states = [credit.state for credit in credits if credit is not None]
    paid = states.count(CreditState.SETTLED)
    done = Applied(paid, len(states) - paid, len(credits) - len(states))
    if states:
        cooperative = db.session.get_one(Cooperative, into.cooperative_id)
        audit.record("statement_read", cooperative, actor, paid=paid, waiting=done.waiting)
    return done


def pack(into: BankAccount, lines: Sequence[Line], user: User) -> str:
    """Return what was understood, sealed, for the page that asks whether to take it: nothing is kept until then."""
    told = [[*line.came[:3], line.came.booked_at.isoformat()] for line in lines]
    said = json.dumps([into.code, user.id, told], ensure_ascii=False, separators=(",", ":"))
    return seal(base64.b64encode(zlib.compress(said.encode(), 9)).decode())


def unpack(sealed: str, user: User) -> tuple[str, list[Came]]:
    """Return the account's code and what was understood; raises Conflict for anything but our own page's words."""
    try:
        code, person, told = json.loads(zlib.decompress(base64.b64decode(unseal(sealed))))
    except (BrokenSeal, UnicodeError):
        raise Conflict(_l("Choose the file again.")) from None
    if person != user.id:
        raise Conflict(_l("Choose the file again."))
    return code, [Came(number, amount, memo, datetime.fromisoformat(at)) for number, amount, memo, at in told]


def _same(before: Credit, came: Came) -> bool:
    return before.amount == came.amount and abs(before.booked_at - came.booked_at) <= APART
