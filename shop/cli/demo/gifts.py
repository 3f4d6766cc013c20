"""Purchases of the demo that somebody else receives."""

from collections import defaultdict
from itertools import cycle
from typing import Any

from shop.cli.demo.sheet import Sheet
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Method, PurchaseGift

EACH = 2  # gifts in each state
STATES = (S.ACCEPTED, S.PACKED, S.HANDED_OVER, S.DELIVERED)
RECEIVERS = (
    ("Nguyễn Thị Hạnh", "+84987000431", "Con gửi mẹ gói chè shan ngon nhất Tây Bắc. Mẹ giữ sức khỏe nhé."),
    ("Trần Văn Phúc", "+84987000432", "Mừng tân gia anh chị!"),
    ("Lê Thu Trang", "+84987000433", "Chúc mừng sinh nhật Trang. Mong bạn luôn vui."),
    ("Bác Phạm Quang Minh", "+84987000434", ""),
)


def write(sheet: Sheet) -> None:
    """Make a few purchases that were paid before into gifts, some in each state."""
    orders: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for order in sheet.rows["orders"]:
        orders[order["purchase_id"]].append(order)
    cash = {row["order_id"] for row in sheet.rows["order_events"] if row["action"] == "to_cash"}
    receivers, left = cycle(RECEIVERS), dict.fromkeys(STATES, EACH)
    for purchase in sheet.rows["purchases"]:
        mine = orders[purchase["id"]]
        states = {order["state"] for order in mine}
        state: S = states.pop()
        if states or purchase["method"] is Method.CASH or not left.get(state) or cash & {order["id"] for order in mine}:
            continue
        left[state] -= 1
        name, phone, words = next(receivers)
        sheet.plain(PurchaseGift, purchase_id=purchase["id"], name=name, phone=phone, message=words)
