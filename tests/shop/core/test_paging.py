import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shop.core.db import UTCDateTime
from shop.core.paging import Keyset, Page, page_number


class Base(DeclarativeBase):
    pass


class Good(Base):
    __tablename__ = "goods_to_page"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime())


FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.info["writing"] = True
        # Three goods share each moment and each name, so an order needs the id to be whole.
        session.add_all(
            Good(id=n, name=f"good {n // 3}", made_at=FIRST + timedelta(hours=n // 3)) for n in range(1, 51)
        )
        session.commit()
        yield session
    engine.dispose()


GOODS = select(Good).order_by(Good.id)


@pytest.mark.parametrize(
    ("number", "shown", "ids"),
    [(1, 1, range(1, 13)), (2, 2, range(13, 25)), (5, 5, range(49, 51)),
     (6, 5, range(49, 51)), (10**9, 5, range(49, 51)),
     (0, 1, range(1, 13)), (-3, 1, range(1, 13))],
)  # fmt: skip
def test_a_page(session, number, shown, ids):
    page = Page.of(session, GOODS, number, 12)
    assert (page.number, page.pages, page.total) == (shown, 5, 50)
    assert [good.id for good in page.items] == list(ids)
    assert page.previous == (shown - 1 or None)
    assert page.next == (shown + 1 if shown < 5 else None)
    assert (page.first_item, page.last_item) == (ids[0], ids[-1])


def test_an_empty_list_is_one_page(session):
    page = Page.of(session, GOODS.where(Good.id < 0), 3, 12)
    assert (page.number, page.pages, page.total, list(page.items)) == (1, 1, 0, [])
    assert (page.previous, page.next, page.first_item, page.last_item, page.window) == (None, None, 0, 0, [1])


def test_a_page_of_rows_with_several_columns(session):
    page = Page.of(session, select(Good.id, Good.name).order_by(Good.id), 1, 2)
    assert [tuple(row) for row in page.items] == [(1, "good 0"), (2, "good 0")]


def test_a_page_takes_two_queries(session):
    statements = []
    event.listen(session.bind, "before_cursor_execute", lambda *call: statements.append(call[2]))
    Page.of(session, GOODS, 2, 12)
    assert len(statements) == 2
    assert "ORDER BY" not in statements[0]


@pytest.mark.parametrize(
    ("number", "pages", "window"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (1, 5, [1, 2, None, 5]), (3, 5, [1, 2, 3, 4, 5]),
     (10, 20, [1, None, 9, 10, 11, None, 20]),
     (4, 20, [1, 2, 3, 4, 5, None, 20]), (20, 20, [1, None, 19, 20])],
)  # fmt: skip
def test_the_window_of_page_numbers(number, pages, window):
    assert Page([], number, 10, pages * 10).window == window


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("", 1), ("0", 1), ("-1", 1), ("1.5", 1), ("abc", 1), ("٣", 1), ("²", 1), ("9" * 5000, 1), (" 2", 1)],
)
def test_the_page_number_of_a_query_string(text, number):
    assert page_number({"page": text}) == number
    assert page_number({}) == 1


@pytest.mark.parametrize(
    "columns", [(Good.id,), (Good.name, Good.id), (Good.made_at, Good.id), (Good.made_at, Good.name, Good.id)]
)
@pytest.mark.parametrize("descending", [False, True])
def test_a_keyset_walks_every_row_once(session, columns, descending):
    keyset = Keyset(*columns, descending=descending)
    order = [column.desc() if descending else column.asc() for column in columns]
    seen, cursor = [], None
    for _ in range(8):
        found = keyset.slice(session, GOODS, cursor, 7)
        seen += [good.id for good in found.items]
        cursor = found.next_cursor
    assert cursor is None
    assert seen == list(session.scalars(select(Good.id).order_by(*order)))


def packed(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


KEYSET = Keyset(Good.made_at, Good.name, Good.id)
MOMENT = FIRST.isoformat()


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "%%%", "é", "A" * 5000, packed({}), packed([]), packed([MOMENT, "a"]), packed([MOMENT, "a", "1"]),
     packed([MOMENT, "a", True]), packed([MOMENT, "a", 1.5]), packed([MOMENT, "a", 2**70]), packed([MOMENT, 1, 1]),
     packed([1, "a", 1]), packed(["2026-01-01T00:00:00", "a", 1]), packed(["soon", "a", 1]),
     packed([MOMENT, "a\x00", 1]),
     packed([MOMENT, "\ud800", 1]), packed(None), base64.urlsafe_b64encode(b"[" * 700).decode()],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_means_the_beginning(session, cursor):
    assert KEYSET.decode(cursor) is None
    assert [good.id for good in KEYSET.slice(session, GOODS, cursor, 2).items] == [1, 2]


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.datetimes(timezones=st.just(UTC)), NAMES, st.integers(-(2**63) + 1, 2**63 - 1))
def test_a_cursor_gives_back_its_values(moment, name, number):
    assert KEYSET.decode(KEYSET.encode([moment, name, number])) == [moment, name, number]


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_none(text):
    assert KEYSET.decode(text) is None or isinstance(KEYSET.decode(text), list)
