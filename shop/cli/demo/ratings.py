"""What buyers of the demo say of goods they received: many and few, answered, reported, hidden, with photos."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from cooperatives.photos.names import master_name
from shop.cli.demo.market import Writer
from shop.cli.demo.pictures import SIDE
from shop.core.codes import public_code
from shop.core.db import db
from shop.core.storage import Storage
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import MOST_STARS, Rating, RatingTally
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.names import file_name
from shop.ratings.reports.models import RatingDecision, RatingReport, Verdict, Why

SAID: dict[int, tuple[str, ...]] = {
    5: ("Hàng đúng như ảnh, gói kỹ, thơm.", "Cả nhà khen ngon. Sẽ đặt lại.", "Tươi, sạch, giao nhanh.", ""),
    4: ("Ngon, nhưng giao chậm một ngày.", "Chất lượng tốt, gói hơi sơ sài.", "Được, lần sau mua thêm.", ""),
    3: ("Tạm được, không thơm như lần trước.", "Hàng ổn, hộp bị móp một góc."),
    2: ("Gói bị rách góc, hàng hơi ẩm.", "Ít hơn mình nghĩ."),
    1: ("Hàng đến bị dập, phải bỏ một nửa.", "Không đúng loại mình đặt."),
}
WEIGHTS = (52, 27, 11, 6, 4)  # of 5, 4, 3, 2 and 1 stars
ANSWERS = (
    "Cảm ơn bạn. Đợt sau chúng tôi gói hai lớp.",
    "Xin lỗi bạn. Chúng tôi đã gọi và gửi bù.",
    "Cảm ơn bạn nhiều.",
)
INSULT, REASON = "Đồ bán hàng lừa đảo, ai mua là dại!", "Lời xúc phạm, không nói về hàng."
REPORTED, HIDDEN, WITH_PHOTO = 3, 2, 8


def write(writer: Writer, seed: int) -> None:
    """Write ratings of delivered goods onto the sheet of a writer that wrote the orders."""
    rng, sheet = Random(seed + 17), writer.sheet
    made = [_rating(writer, rng, *one) for one in _rated(writer, rng)]
    unkind = [one for one in made if one["stars"] <= 2 and one["words"]]
    for place, rating in enumerate(unkind[: REPORTED + HIDDEN]):
        _reported(writer, rating, hidden=place >= REPORTED)
    for rating in [one for one in made if one["stars"] >= 4 and one["words"]][:: max(1, len(made) // 16)][:WITH_PHOTO]:
        _photo(writer, rng, rating)
    counts: Counter[tuple[int, int]] = Counter()
    shown = [one for one in made if one["state"] is RatingState.SHOWN]
    counts.update((one["product_id"], one["stars"]) for one in shown)
    for product, cooperative in sorted({(one["product_id"], one["cooperative_id"]) for one in shown}):
        stars = {f"stars_{number}": counts[product, number] for number in range(1, MOST_STARS + 1)}
        sheet.plain(RatingTally, product_id=product, cooperative_id=cooperative, **stars)


def _rated(writer: Writer, rng: Random) -> Iterator[tuple[dict[str, Any], dict[str, Any], int, Any]]:
    """Yield (order, line, product, when it came) of what is rated: all of what sells often, a third of the rest."""
    rows = writer.sheet.rows
    came = {row["order_id"]: row["at"] for row in rows["order_events"] if row["action"] == "deliver"}
    lines = [row for row in rows["order_lines"] if row["order_id"] in came]
    product_of = {row["id"]: row["product_id"] for row in rows["skus"]}
    often = Counter(product_of[row["sku_id"]] for row in lines)
    for line in lines:
        order, product = rows["orders"][line["order_id"] - 1], product_of[line["sku_id"]]
        if came[order["id"]] < writer.now - timedelta(days=1) and (often[product] >= 3 or rng.random() < 0.35):
            yield order, line, product, came[order["id"]]


def _rating(  # noqa: PLR0917 - what a rating is made of
    writer: Writer, rng: Random, order: dict[str, Any], line: dict[str, Any], product: int, came: Any
) -> dict[str, Any]:
    purchase = writer.sheet.rows["purchases"][order["purchase_id"] - 1]
    stars = rng.choices((5, 4, 3, 2, 1), WEIGHTS)[0]
    at = min(writer.now - timedelta(minutes=30), came + timedelta(hours=rng.randint(20, 140)))
    place = {"order_id": order["id"], "line_id": line["id"], "product_id": product}
    said = {"stars": stars, "words": rng.choice(SAID[stars]), "language": "vi"}
    name = purchase["name"].split()[-1] if rng.random() < 0.8 else ""
    key = writer.sheet.add(
        Rating, code=public_code(rng), **place, cooperative_id=order["cooperative_id"], **said, name=name,
        province_code=purchase["province_code"], state=RatingState.SHOWN, written_at=at,
        changed_at=None, taken_back_at=None,
    )  # fmt: skip
    writer.sheet.audit(Rating, key, "rated", None, at, stars=stars, order=order["code"])
    if (stars <= 3 and rng.random() < 0.7) or rng.random() < 0.15:
        seller = next(one for one, number in writer.sellers.items() if number == order["cooperative_id"])
        manager, words = writer.managers[seller], ANSWERS[-1] if stars > 3 else rng.choice(ANSWERS[:2])
        told = at + timedelta(minutes=20)
        writer.sheet.plain(RatingAnswer, rating_id=key, words=words, by_id=manager, answered_at=told, changed_at=None)
        writer.sheet.audit(Rating, key, "rating_answered", manager, told)
    row: dict[str, Any] = writer.sheet.rows["ratings"][key - 1]
    return row


def _reported(writer: Writer, rating: dict[str, Any], *, hidden: bool) -> None:
    key, at = rating["id"], rating["written_at"] + timedelta(minutes=25)
    writer.sheet.audit(Rating, key, "rating_reported", None, at, why=Why.INSULT.value)
    decision = None
    if hidden:
        seller = next(one for one in writer.market.sellers if writer.sellers[one.key] == rating["cooperative_id"])
        officer = writer.people[seller.officer]
        rating["words"], rating["state"] = INSULT, RatingState.HIDDEN
        told = {"rating_id": key, "officer_id": officer, "verdict": Verdict.HIDE, "reason": REASON}
        decision = writer.sheet.add(RatingDecision, **told, at=at)
        writer.sheet.audit(Rating, key, "rating_hide", officer, at, decision=decision, reports=1)
    why = Why.INSULT if hidden else Why.FAKE
    note = "" if hidden else "Người này không mua món này."
    writer.sheet.add(RatingReport, rating_id=key, why=why, note=note, at=at, decision_id=decision)


def _photo(writer: Writer, rng: Random, rating: dict[str, Any]) -> None:
    """Note a photo of what came: the goods' own drawing stands for it; the sweep makes it public."""
    digest = writer.sheet.rows["order_lines"][rating["line_id"] - 1]["photo_digest"]
    files = {"key": f"{rng.getrandbits(256):064x}", "digest": digest, "width": SIDE, "height": SIDE}
    nothing = dict.fromkeys(("removed_at", "public_since", "drawn_at", "claimed_until"))
    mine = {"rating_id": rating["id"], "place": 1, "code": public_code(rng), "tries": 0}
    writer.sheet.add(RatingPhoto, **mine, **files, **nothing, added_at=rating["written_at"])


def lay_photos(storage: Storage) -> None:
    """Store the masters of the photos that were noted, copies of the goods' own (never inside writing())."""
    rows = db.session.execute(select(RatingPhoto.key, RatingPhoto.digest)).all()
    db.session.rollback()
    for key, digest in rows:
        storage.copy(master_name(digest), file_name(key))
