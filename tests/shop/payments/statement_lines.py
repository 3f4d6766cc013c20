"""A seeded statement of one account, as dirty as banks and buyers make it, with what each line may pay at most."""

import random
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tests.shop.payments.statement_files import Row

START = datetime(2026, 11, 1, 6, tzinfo=UTC)
PREFIXES = [
    *("", "MBVCB.{n}.", "CT DEN:{n} ", "REM {n} ND ", "NHAN TU 0912{n} TRACE {n} ND "),
    *("Thanh toán đơn -", "ck.", "IBFT ", "MBBANK IBFT"),
]
SUFFIXES = [
    *("", "-CHUYEN TIEN", " thanh toan che", ".CT tu 0351000646393 NGUYEN VAN A toi 3607205123456"),
    *(" cảm ơn chị", "-", "_FT26", "/NAPAS247"),
]
WRITINGS: list[Callable[[str], str]] = [
    lambda code: code,
    str.lower,
    lambda code: f"{code[:2]} {code[2:6]} {code[6:]}",
    lambda code: f"{code[:2]}-{code[2:]}",
    lambda code: f"{code[0]} {code[1:]}",
    lambda code: f"{code[:6]}.{code[6:]}",
    lambda code: f"{code[:2]}{' '.join(code[2:])}",
]


class Owed(NamedTuple):
    """An order that waits for its transfer."""

    code: str
    amount: int


class Written(NamedTuple):
    """One line, and the orders that it may pay; clean: a person would not hesitate."""

    row: Row
    pays: frozenset[str] = frozenset()
    clean: bool = False


class Scribe:
    """Writes lines, and takes for each what orders it needs."""

    def __init__(self, seed: int, ours: Iterator[Owed], theirs: list[Owed]) -> None:
        self.rng, self.left, self.theirs = random.Random(seed), ours, theirs
        self.lines: list[Written] = []
        self.paid: list[Owed] = []

    def write(self, number: int) -> list[Written]:
        """Return so many lines: six of ten clean."""
        kinds: Mapping[Callable[[], None], int] = {
            self.whole: 54, self.together: 4, self.in_parts: 5, self.wrong_digit: 6, self.swapped: 5, self.cut: 5,
            self.misspelt: 4, self.no_code: 5, self.of_others: 4, self.ours_and_theirs: 3, self.repeated: 2,
            self.again: 2, self.off: 4, self.two_that_do_not_fit: 2,
        }  # fmt: skip
        while len(self.lines) < number:
            self.rng.choices(list(kinds), list(kinds.values()))[0]()
        return self.lines[:number]

    def line(self, amount: int, code: str, *pays: Owed, clean: bool = False) -> None:
        """Add a line with something before and after the code."""
        n = str(self.rng.randrange(10**6, 10**10))
        memo = self.rng.choice(PREFIXES).format(n=n) + code + self.rng.choice(SUFFIXES)
        at = START + timedelta(minutes=97 * len(self.lines))
        row = Row(at, f"FT26{len(self.lines):05d}{self.rng.randrange(1000):03d}", amount, memo)
        self.lines.append(Written(row, frozenset(one.code for one in pays), clean))

    def written(self, code: str) -> str:
        """Return the code as some bank or buyer writes it."""
        return self.rng.choice(WRITINGS)(code)

    def whole(self) -> None:
        """The exact sum with the code."""
        order = next(self.left)
        self.line(order.amount, self.written(order.code), order, clean=True)
        self.paid.append(order)

    def together(self) -> None:
        """Two orders with one transfer of their sum."""
        one, two = next(self.left), next(self.left)
        self.line(one.amount + two.amount, f"{self.written(one.code)} {self.written(two.code)}", one, two, clean=True)

    def in_parts(self) -> None:
        """One order with two transfers."""
        order = next(self.left)
        first = self.rng.randrange(1, order.amount // 1_000) * 1_000
        for part in (first, order.amount - first):
            self.line(part, self.written(order.code), order, clean=True)

    def wrong_digit(self) -> None:
        """One digit is another."""
        order, place = next(self.left), self.rng.randrange(2, 10)
        other = self.rng.choice([digit for digit in "0123456789" if digit != order.code[place]])
        self.line(order.amount, self.written(order.code[:place] + other + order.code[place + 1 :]))

    def swapped(self) -> None:
        """Two neighbours changed their places."""
        order, place = next(self.left), self.rng.randrange(2, 9)
        digits = list(order.code)
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        swapped = "".join(digits)
        self.line(order.amount, self.written(swapped), *([order] if swapped == order.code else []))

    def cut(self) -> None:
        """The last digits are lost."""
        order = next(self.left)
        self.line(order.amount, order.code[: -self.rng.randrange(1, 5)])

    def misspelt(self) -> None:
        """The two letters are wrong."""
        order = next(self.left)
        self.line(order.amount, self.rng.choice(["LK", "IC", "L", "CL", "1C"]) + order.code[2:])

    def no_code(self) -> None:
        """The sum of an order that waits, and no code."""
        self.line(next(self.left).amount, self.rng.choice(["mua che", "chuyen tien", "0912000106", "LC", ""]))

    def of_others(self) -> None:
        """The code of another seller's order."""
        order = self.rng.choice(self.theirs)
        self.line(order.amount, self.written(order.code))

    def ours_and_theirs(self) -> None:
        """Our order's sum, with another seller's code beside ours."""
        order, other = next(self.left), self.rng.choice(self.theirs)
        self.line(order.amount, f"{self.written(other.code)} {self.written(order.code)}", order, clean=True)

    def repeated(self) -> None:
        """A line that stands there twice."""
        if self.lines:
            self.lines.append(self.rng.choice(self.lines[-20:])._replace(clean=False))

    def again(self) -> None:
        """An order that is paid already, paid again."""
        if self.paid:
            order = self.rng.choice(self.paid)
            self.line(order.amount, self.written(order.code))

    def off(self) -> None:
        """A little more or less than it costs."""
        order = next(self.left)
        self.line(order.amount + self.rng.choice([-1_000, -1, 1, 5_000]), self.written(order.code))

    def two_that_do_not_fit(self) -> None:
        """Two orders and a sum that is neither's, nor theirs together."""
        one, two = next(self.left), next(self.left)
        self.line(one.amount + two.amount + 1_000, f"{self.written(one.code)} {self.written(two.code)}")
