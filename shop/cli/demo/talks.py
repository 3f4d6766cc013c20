"""What buyers and sellers of the demo write to each other about orders: new, answered, read, and over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from shop.cli.demo.sheet import Sheet
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Order
from shop.orders.talks.models import OrderMessage, OrderTalk, Side

BUYER, SELLER = Side.BUYER, Side.SELLER
LATEST = timedelta(minutes=4)  # before now


class Story(NamedTuple):
    """A talk about an order in a state: who says what, and which side has not read the last of it."""

    state: S
    lines: tuple[tuple[Side, str], ...]
    unread_by: Side | None


STORIES = (
    Story(S.PLACED, ((BUYER, "Nhà mình gói hai túi riêng giúp tôi nhé, tôi biếu hai nhà."),), SELLER),
    Story(S.PLACED, ((BUYER, "Hàng mới thu hái tháng này phải không ạ?"),), SELLER),
    Story(
        S.ACCEPTED,
        (
            (BUYER, "Tôi vắng nhà thứ bảy, giao chủ nhật được không ạ?"),
            (SELLER, "Được ạ, nhà em dặn xe giao chủ nhật. Trước khi tới xe sẽ gọi."),
            (BUYER, "Cảm ơn nhà mình. Nếu tôi không nghe máy thì gọi số con tôi: 0987 000 412."),
        ),
        SELLER,
    ),
    Story(
        S.PACKED,
        (
            (BUYER, "Gói thêm lớp chống ẩm giúp tôi với."),
            (SELLER, "Vâng, nhà em gói hai lớp túi bạc rồi ạ."),
        ),
        BUYER,
    ),
    Story(
        S.HANDED_OVER,
        (
            (BUYER, "Xe đi chưa ạ?"),
            (SELLER, "Đi chuyến tối qua rồi ạ, mai tới bến. Biển số xe ở phần người chở."),
            (BUYER, "Tôi nhận được biển số rồi, cảm ơn."),
        ),
        None,
    ),
    Story(
        S.DELIVERED,
        (
            (BUYER, "Hàng tới rồi, thơm lắm. Lần sau có đợt mới thì báo tôi nhé."),
            (SELLER, "Dạ cảm ơn bác. Tháng sau nhà em có đợt mới ạ."),
        ),
        None,
    ),
    Story(
        S.CANCELLED,
        ((BUYER, "Tôi xin lỗi, đặt nhầm loại nên phải hủy."), (SELLER, "Không sao ạ, hẹn bác lần khác.")),
        None,
    ),
)


def write(sheet: Sheet, managers: Mapping[int, int], now: datetime) -> None:
    """Write each story about two orders of its state; `managers` maps a seller to who answers for it."""
    taken: set[int] = set()
    for story in STORIES:
        orders = (row for row in sheet.rows["orders"] if _fits(row, story) and row["id"] not in taken)
        for row in list(islice(orders, 2)):
            taken.add(row["id"])
            _talk(sheet, row, story, managers[row["cooperative_id"]], now)


def _fits(row: dict[str, Any], story: Story) -> bool:
    return row["state"] is story.state and not row["awaiting_payment"]


def _talk(sheet: Sheet, order: dict[str, Any], story: Story, manager: int, now: datetime) -> None:
    key, begun = order["id"], order["placed_at"]
    step = min(timedelta(hours=3), (now - LATEST - begun) / (len(story.lines) + 1))
    wrote, at = dict.fromkeys(Side, 0), dict.fromkeys(Side, begun)
    for number, (side, text) in enumerate(story.lines, start=1):
        author, moment = (manager if side is SELLER else None), begun + step * number
        said = {"order_id": key, "side": side, "author_id": author, "text": text, "lang": "vi", "at": moment}
        before = wrote[side]
        wrote[side] = sheet.add(OrderMessage, **said, on_behalf_of_id=None, press=f"demo-message-{key}-{number}")
        at[side] = moment
        sheet.audit(Order, key, "order_message", author, moment, code=order["code"], by=side.value)
        if story.unread_by is side.other and number == len(story.lines):
            unread = before
    values: dict[str, Any] = {}
    for side in Side:
        seen = unread if story.unread_by is side else wrote[side.other]
        values |= {f"{side}_wrote_id": wrote[side], f"{side}_seen_id": seen}
        values[f"{side}_seen_at"] = at[side.other] + LATEST / 2 if seen else None
    sheet.plain(OrderTalk, order_id=key, **values)
