"""The demo market as plain data: as many as promised, the same by seed, honest in words and figures."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import phonenumbers
import pytest

from products.catalogue import TYPES, UNITS, price_band
from products.fields import LABELS, LONGEST
from products.issues.rules import RULES
from shop.cli.demo.catalogue import make
from shop.cli.demo.drawing import masters
from shop.cli.demo.facts import read
from shop.cli.demo.market_types import DemoMarket, Goods
from shop.cli.demo.reviews import CLAIM
from shop.places import facts as places

BOASTS = (
    "tốt nhất",
    "ngon nhất",
    "số một",
    "số 1 ",
    "hàng đầu",
    "đệ nhất",
    "thượng hạng",
    "cao cấp",
    "100%",
    "cam kết",
)
HEALING = (
    "chữa khỏi",
    "trị bệnh",
    "điều trị",
    "đặc trị",
    "tăng cường sức",
    "bồi bổ",
    "thần dược",
    "giải độc",
    "phòng bệnh",
)


@pytest.fixture(scope="module")
def market() -> DemoMarket:
    return make()


def texts_of(thing: Any) -> Iterator[str]:
    """Yield every string inside dataclasses and tuples."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from texts_of(getattr(thing, one.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from texts_of(one)


def test_it_holds_what_was_promised(market: DemoMarket) -> None:
    assert len([seller for seller in market.sellers if seller.state == "active"]) >= 60
    assert {seller.commune for seller in market.sellers} == {
        row["code"] for row in places.communes() if row["province_code"] == "12"
    }
    assert len(market.live) == 2000
    assert {one.type_code for one in market.live} == set(TYPES)
    assert len([one for one in market.goods if one.told_in_full]) == 12
    assert len(market.orders) == 500
    assert Counter(one.state for one in market.goods if one.state != "live").keys() >= {
        "draft",
        "submitted",
        "returned",
    }


def test_forty_revisions_wait_new_ones_and_edits(market: DemoMarket) -> None:
    new = [one for one in market.goods if one.state == "submitted"]
    edits = [one for one in market.goods if one.edit and one.edit.state == "submitted"]
    assert len(new) + len(edits) == 40
    assert new
    assert all(one.state == "live" for one in edits)
    assert all(one.edit.age <= one.age for one in edits if one.edit)


def test_what_came_back_says_why_on_a_field_of_the_form(market: DemoMarket) -> None:
    reasons = [one.returned for one in market.goods if one.state == "returned"]
    reasons += [one.edit.returned for one in market.goods if one.edit and one.edit.state == "returned"]
    assert len(reasons) == 20
    for reason in reasons:
        assert reason is not None
        assert RULES[reason.rule].field == reason.field
        assert reason.field in LABELS
        assert reason.note


def test_what_came_back_has_the_flaw_it_came_back_for(market: DemoMarket) -> None:
    flawed = {one.returned.rule: one for one in market.goods if one.returned}
    if "price_unusual" in flawed:
        assert flawed["price_unusual"].price > band_of(flawed["price_unusual"])[1]
    if "health_claim" in flawed:
        assert CLAIM in flawed["health_claim"].story
    if "text_short" in flawed:
        assert not flawed["text_short"].story
    assert len(flawed) > 5


def test_a_seed_makes_one_market(market: DemoMarket) -> None:
    assert make() == market
    assert make(seed=7).live != market.live
    assert make(month=6).live != market.live


def test_no_text_stands_more_than_three_times(market: DemoMarket) -> None:
    for part in ("name", "name_en", "summary", "summary_en", "story", "story_en"):
        written = [getattr(one, part) for one in market.goods if getattr(one, part)]
        most, times = Counter(written).most_common(1)[0]
        assert times <= 3, (part, most)
    assert len({one.name for one in market.live}) == len(market.live)


def test_every_text_is_nfc_filled_and_whole(market: DemoMarket) -> None:
    for text in texts_of(market):
        assert text == unicodedata.normalize("NFC", text)
        assert "{" not in text
        assert "  " not in text
    for one in market.goods:
        assert len(one.name) <= LONGEST["name"]
        assert len(one.summary) <= LONGEST["summary"]
        assert "!" not in one.summary + one.story
    for one in market.live:
        assert one.story.endswith(".")
        assert one.story_en.endswith(".")


def test_words_neither_boast_nor_promise_healing(market: DemoMarket) -> None:
    for one in market.live:
        words = f"{one.name} {one.summary} {one.story}".lower()
        assert not [word for word in (*BOASTS, *HEALING) if word in words], one.name


def test_a_price_lies_in_the_band_of_its_type(market: DemoMarket) -> None:
    for one in market.live:
        low, high = band_of(one)
        assert low <= one.price <= high, one.name
        assert one.price % 100 == 0


def band_of(one: Goods) -> tuple[int, int]:
    """The type's band for this pack; goods weighed by the piece are priced by their grams."""
    known = TYPES[one.type_code]
    if UNITS[one.unit].base_unit == UNITS[known.unit].base_unit and one.unit != "bo":
        band = price_band(one.type_code, one.unit, one.pack_amount)
        assert band is not None
        return band
    measure = 10 if one.type_code == "LC-143" else one.net_grams or 1
    return known.price_low * measure // known.pack_amount, -(-known.price_high * measure // known.pack_amount)


def test_packs_weigh_what_they_say(market: DemoMarket) -> None:
    for one in market.goods:
        unit = UNITS[one.unit]
        assert unit.amount in (None, one.pack_amount)
        if unit.base_unit == "g" and one.state == "live":
            assert one.net_grams == one.pack_amount
        assert (one.packed_grams is None) or (one.net_grams or 0) < one.packed_grams
        assert (one.packed_grams is None) == (one.ship_class in ("live", "service"))


def test_what_may_not_simply_be_sold_is_shown_and_never_ordered(market: DemoMarket) -> None:
    by_call = {one.key for one in market.goods if not one.orderable}
    assert {TYPES[one.type_code].document_rule for one in market.live} >= {"alcohol", "service"}
    assert all(one.orderable == TYPES[one.type_code].orderable for one in market.goods)
    assert not [line for order in market.orders for line in order.lines if line[0] in by_call]


def test_three_photographs_that_are_drawn(market: DemoMarket) -> None:
    drawn = {spec.key for spec in masters()}
    for one in market.goods:
        assert len(set(one.photos)) == 3
        assert drawn.issuperset(one.photos), one.name
    assert drawn == {key for one in market.goods for key in one.photos}


def test_everybody_has_a_number_of_his_own_from_the_invented_block(market: DemoMarket) -> None:
    people = [market.admin, *market.officers, *market.helpers, *market.buyers]
    people += [one for seller in market.sellers for one in (seller.manager, *seller.members)]
    assert len({one.phone for one in people}) == len({one.key for one in people}) == len(people)
    for one in people:
        assert one.phone.startswith("+84912000")
        assert phonenumbers.is_valid_number(phonenumbers.parse(one.phone))


def test_each_commune_has_its_officer_and_one_for_the_second_yes(market: DemoMarket) -> None:
    *officers, second = market.officers
    answered = [commune for officer in officers for commune in officer.communes]
    assert len(answered) == len(set(answered)) == 38
    assert set(second.communes) == set(answered)
    for seller in market.sellers:
        officer = next(one for one in officers if one.key == seller.officer)
        assert seller.commune in officer.communes


def test_the_data_files_say_where_they_come_from() -> None:
    for name in ("looks", "people", "phrases", "sellers", "stories", "types"):
        assert read(name)["about"], name
        assert {"source", "date", "licence"} <= read(name).keys(), name
