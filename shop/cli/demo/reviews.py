"""What waits at the officers' desks: new products sent, drafts, returns with reasons, edits of live goods."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from shop.cli.demo.goods import Lister, Offer
from shop.cli.demo.market_types import Edit, Goods, Return

NEW = {"submitted": 22, "returned": 14, "draft": 30, "paused": 12}
EDITS = {"submitted": 18, "returned": 6, "draft": 8}
RETURNS = (
    Return("photos", "photo_label", "Ảnh thứ hai mờ, chưa đọc được ngày đóng gói."),
    Return("photos", "photo_dark", "Ảnh chụp trong bếp hơi tối. Mang ra hiên chụp lại giúp."),
    Return("name", "name_unclear", "Tên ghi chung quá. Thêm loại và nơi làm."),
    Return("price", "price_unusual", "Giá này gấp mấy lần các nhà khác trong xã. Xem lại số 0."),
    Return("unit", "unit_against_name", "Tên ghi túi mà đơn vị chọn kg."),
    Return("story", "health_claim", "Bỏ giúp câu nói về chữa bệnh, chỉ kể cách làm."),
    Return("story", "text_short", "Kể thêm làm ở đâu, làm thế nào, hai ba câu là được."),
    Return("photos", "paper_missing", "Chưa thấy giấy tự công bố. Chụp gửi kèm."),
    Return("quantity", "quantity", "Ghi 9.000, chắc nhầm số. Đếm lại giúp."),
    Return("category", "category_wrong", "Mặt hàng này thuộc nhóm khác. Chọn lại nhóm."),
)
EDIT_RETURNS = tuple(
    one for one in RETURNS if one.rule in ("photo_label", "photo_dark", "price_unusual", "health_claim")
)
PACKED = {"tui", "hop", "hu", "goi", "chai"}
CLAIM = "Dùng đều là khỏi đau lưng, mất ngủ."  # what an officer asks to take out
NOTES_VI = (
    "Vừa thêm ngày đóng gói lên nhãn.",
    "Mẻ mới đều hơn mẻ trước.",
    "Đã đổi bao bì dày hơn cho đỡ rách.",
    "Nay nhận đơn cả ngày chủ nhật.",
    "Vụ này ít hơn năm ngoái, mong khách đặt sớm.",
    "Từ tháng này cân thêm lớp bọc, cước không đổi.",
)
DEARER, CHEAPER = "Giá tăng theo vụ mới.", "Mẻ này nhiều nên giảm giá một chút."


def waiting(more: Iterator[Offer], lister: Lister, dice: Random) -> Iterator[Goods]:
    """Yield products that buyers do not see: sent, returned, drafts, paused."""
    for state, count in NEW.items():
        for number in range(count):
            goods = lister.listed(next(more), state)
            if state == "paused":
                yield goods
                continue
            age = timedelta(minutes=dice.randint(40, 60 * 24 * (6 if state == "submitted" else 20)))
            goods = replace(goods, age=age)
            yield _flawed(goods, RETURNS[number % len(RETURNS)]) if state == "returned" else goods


def _flawed(goods: Goods, reason: Return) -> Goods:
    """Return the product with the flaw for which it came back."""
    wrong: dict[str, Any] = {
        "price_unusual": {"price": goods.price * 10},
        "quantity": {"stock": 9000},
        "text_short": {"story": "", "story_en": ""},
        "health_claim": {"story": f"{goods.story} {CLAIM}"},
        "name_unclear": {"name": goods.name.split(" ", 1)[0]},
        "category_wrong": {"category": "processed" if goods.category != "processed" else "tea"},
        "unit_against_name": {"unit": "kg", "pack_amount": 1000},
    }
    return replace(goods, returned=reason, **wrong.get(reason.rule, {}))


def with_edits(live: list[Goods], dice: Random) -> list[Goods]:
    """Return the live goods, some with an edit open beside them."""
    plain = [place for place, goods in enumerate(live) if goods.unit in PACKED and not goods.told_in_full]
    chosen = iter(dice.sample(plain, sum(EDITS.values())))
    edited = list(live)
    for state, count in EDITS.items():
        for _ in range(count):
            place = next(chosen)
            edited[place] = replace(live[place], edit=_edit(live[place], state, dice))
    return edited


def _edit(goods: Goods, state: str, dice: Random) -> Edit:
    step = 500 if goods.price < 50_000 else 1000 if goods.price < 200_000 else 5000
    price = goods.price if dice.random() < 0.4 else round(goods.price * dice.uniform(0.93, 1.08) / step) * step
    why = dice.choice(NOTES_VI) if price == goods.price else DEARER if price > goods.price else CHEAPER
    back = dice.choice(EDIT_RETURNS) if state == "returned" else None
    if back and back.rule == "health_claim":
        why = CLAIM
    if back and back.rule == "price_unusual":
        price = goods.price * 10
    age = min(goods.age, timedelta(minutes=dice.randint(30, 60 * 24 * 5)))
    return Edit(state, age, price, goods.summary, f"{goods.story} {why}", back)
