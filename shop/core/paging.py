"""Pages of a select: numbered for public lists, by cursor for long ones."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, scoped_session
from sqlalchemy.types import TypeDecorator, TypeEngine

LAST_PAGE = 10_000  # a farther OFFSET costs the database more than it can be worth to anybody
_LONGEST_CURSOR = 1_000
_BIGGEST_INT = 2**63 - 1

AnySession = Session | scoped_session[Session]


@dataclass(frozen=True)
class Page:
    """One numbered page of a list; beyond the end it is the last page, so a removal never leaves nothing."""

    items: Sequence[Any]
    number: int
    per_page: int
    total: int

    @classmethod
    def of(cls, session: AnySession, chosen: Select[Any], number: int, per_page: int) -> Self:
        """Fetch page `number` (from 1) with two queries; `chosen` must have a complete order."""
        total = session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
        number = max(1, min(number, -(-total // per_page), LAST_PAGE))
        found = session.execute(chosen.limit(per_page).offset((number - 1) * per_page))
        items = _items(chosen, found) if total else []
        return cls(items, number, per_page, total)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, min(-(-self.total // self.per_page), LAST_PAGE))

    @property
    def previous(self) -> int | None:
        """The number of the page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, or None."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def first_item(self) -> int:
        """The place of the first item in the whole list, from 1; 0 in an empty list."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last_item(self) -> int:
        """The place of the last item in the whole list."""
        return self.first_item + len(self.items) - 1 if self.total else 0

    @property
    def window(self) -> list[int | None]:
        """The page numbers to show: first, last and the neighbours; None stands for a gap."""
        near = {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        shown: list[int | None] = []
        last = 0
        for number in sorted(near):
            if number - last == 2:
                shown.append(number - 1)  # a gap of one page is that page
            elif number - last > 2:
                shown.append(None)
            shown.append(number)
            last = number
        return shown


def page_number(args: Mapping[str, str], name: str = "page") -> int:
    """Return the page number in a query string, 1 for anything that is none."""
    text = args.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_PAGE))):
        return 1
    return max(1, int(text))


@dataclass(frozen=True)
class Slice:
    """One stretch of a long list and the cursor of the next, None at the end."""

    items: Sequence[Any]
    next_cursor: str | None


class Keyset:
    """A list read by "after this row": stays right and quick while rows come and go.

    `columns` are the whole order, the last one unique, all ascending or all `descending`; each must be an
    attribute of the selected entity (or a column of the select) and never null.
    """

    def __init__(self, *columns: Any, descending: bool = False) -> None:
        self.columns = columns
        self.descending = descending
        self.types = [_python_type(column.type) for column in columns]

    def slice(self, session: AnySession, chosen: Select[Any], cursor: str | None, size: int) -> Slice:
        """Fetch `size` rows after the cursor with one query; a cursor that is not ours means the beginning."""
        values = self.decode(cursor) if cursor else None
        if values is not None:
            chosen = chosen.where(self._after(values))
        order = [column.desc() if self.descending else column.asc() for column in self.columns]
        items = _items(chosen, session.execute(chosen.order_by(None).order_by(*order).limit(size + 1)))
        more = len(items) > size
        items = items[:size]
        return Slice(items, self.encode([getattr(items[-1], c.key) for c in self.columns]) if more else None)

    def encode(self, values: Sequence[Any]) -> str:
        """Return the cursor of a row's values: opaque, URL-safe, not secret."""
        plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
        packed = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

    def decode(self, cursor: str) -> list[Any] | None:
        """Return the values of a cursor, or None when it is not one of this list."""
        if len(cursor) > _LONGEST_CURSOR:
            return None
        try:
            packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            plain = json.loads(packed.decode())
            if not isinstance(plain, list) or len(plain) != len(self.types):
                return None
            return [_checked(value, kind) for value, kind in zip(plain, self.types, strict=True)]
        except (ValueError, TypeError, RecursionError, binascii.Error):
            return None

    def _after(self, values: list[Any]) -> ColumnElement[bool]:
        alternatives = []
        for place, column in enumerate(self.columns):
            before = [other == value for other, value in zip(self.columns[:place], values, strict=False)]
            step = column < values[place] if self.descending else column > values[place]
            alternatives.append(and_(*before, step))
        return or_(*alternatives)


def _items(chosen: Select[Any], found: Any) -> Sequence[Any]:
    single = len(chosen.column_descriptions) == 1
    return found.scalars().unique().all() if single else found.all()


def _python_type(kind: TypeEngine[Any]) -> type:
    return kind.impl_instance.python_type if isinstance(kind, TypeDecorator) else kind.python_type


def _checked(value: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a naive moment")
        return moment
    if type(value) is not kind or (isinstance(value, int) and abs(value) > _BIGGEST_INT):
        raise ValueError("another type")
    if isinstance(value, str):
        value.encode()  # lone surrogates
        if "\x00" in value:
            raise ValueError("PostgreSQL knows no NUL")
    return value
