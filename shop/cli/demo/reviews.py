"""What waits at the officers' desks: new products sent, drafts, returns with reasons, edits of live goods."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

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
    Return("quantity", "quantity", "Ghi 9.000 gói, chắc nhầm. Đếm lại giúp."),
    Return("category", "category_wrong", "Mặt hàng này thuộc nhóm khác. Chọn lại nhóm."),
)
NOTES_VI = (
    "Vừa thêm ngày đóng gói lên nhãn.",
    "Mẻ mới khô hơn mẻ trước.",
    "Từ tháng này cân thêm bì bảo vệ, cước không đổi.",
    "Đã đổi túi dày hơn cho đỡ rách.",
    "Giá đổi theo vụ mới.",
    "Nay nhận đơn cả ngày chủ nhật.",
    "Vụ này ít hơn năm ngoái, mong khách đặt sớm.",
    "Đã bỏ loại hai ra bán riêng.",
)


def waiting(more: Iterator[Offer], lister: Lister, dice: Random) -> Iterator[Goods]:
    """Yield products that buyers do not see: sent, returned, drafts, paused."""
    for state, count in NEW.items():
        for _ in range(count):
            goods = lister.listed(next(more), state)
            if state == "paused":
                yield goods
                continue
            age = timedelta(minutes=dice.randint(40, 60 * 24 * (6 if state == "submitted" else 20)))
            back = dice.choice(RETURNS) if state == "returned" else None
            yield replace(goods, age=age, returned=back)


def with_edits(live: list[Goods], dice: Random) -> list[Goods]:
    """Return the live goods, some with an edit open beside them."""
    plain = [place for place, goods in enumerate(live) if not goods.told_in_full]
    chosen = iter(dice.sample(plain, sum(EDITS.values())))
    edited = list(live)
    for state, count in EDITS.items():
        for _ in range(count):
            place = next(chosen)
            edited[place] = replace(live[place], edit=_edit(live[place], state, dice))
    return edited


def _edit(goods: Goods, state: str, dice: Random) -> Edit:
    step = 1000 if goods.price < 200_000 else 5000
    price = (
        goods.price if dice.random() < 0.4 else max(step, round(goods.price * dice.uniform(0.93, 1.08) / step) * step)
    )
    return Edit(
        state=state,
        age=min(goods.age, timedelta(minutes=dice.randint(30, 60 * 24 * 5))),
        price=price,
        summary=goods.summary,
        story=f"{goods.story} {dice.choice(NOTES_VI)}",
        returned=dice.choice(RETURNS) if state == "returned" else None,
    )
