"""What parcels cost, by zone, weight and class."""

import json

import pytest

from shop.places import facts
from shop.places.models import Commune
from shop.shipping import methods as known
from shop.shipping.rates import quote, zone

BINH_LU = Commune(code="03390", province_code="12")


def codes(quotes):
    return [way.method for way in quotes]


@pytest.mark.parametrize(
    ("province", "commune", "expected"),
    [
        ("12", "03390", "same_commune"),
        ("12", "03394", "same_province"),
        ("12", None, "same_province"),
        ("14", None, "same_region"),
        ("01", "00004", "next_region"),
        ("48", None, "two_regions"),
        ("79", None, "three_regions"),
    ],
)
def test_the_zone_lies_between_seller_and_buyer(province, commune, expected):
    assert zone(BINH_LU, province, commune) == expected


def test_another_home_province_counts_from_itself():
    assert zone(Commune(code="25747", province_code="79"), "79", None) == "same_province"
    assert zone(Commune(code="25747", province_code="79"), "12", None) == "three_regions"


def test_weight_is_charged_for_each_500_grams_begun():
    costs = [quote(BINH_LU, "01", None, grams, {"dry"}, "vi")[0].cost for grams in (1, 500, 501, 1000, 1001)]
    assert costs == [24_000, 24_000, 28_000, 28_000, 32_000]


def test_the_cheapest_comes_first_and_fetching_it_last():
    ways = quote(BINH_LU, "12", "03390", 2_000, {"dry"}, "en")
    assert codes(ways) == ["own_delivery", "post", "bus", "pickup"]
    assert ways[-1].cost == 0
    assert ways[0].name == "The cooperative brings it"


def test_fresh_goods_take_the_bus_and_only_so_far():
    assert codes(quote(BINH_LU, "01", None, 3_000, {"dry", "fresh"}, "vi")) == ["bus"]
    assert quote(BINH_LU, "79", None, 3_000, {"fresh"}, "vi") == []


@pytest.mark.parametrize("ship_class", ["live", "service", "unheard of"])
def test_nothing_carries_what_may_not_simply_be_sent(ship_class):
    assert quote(BINH_LU, "12", "03390", 1_000, {ship_class}, "vi") == []


def test_too_heavy_for_the_post_is_not_too_heavy_for_the_bus():
    assert codes(quote(BINH_LU, "01", None, 30_001, {"dry"}, "vi")) == ["bus"]
    assert quote(BINH_LU, "01", None, 50_001, {"dry"}, "vi") == []


def test_an_unknown_province_has_no_way():
    assert quote(BINH_LU, "99", None, 500, {"dry"}, "vi") == []


def test_every_province_has_one_region():
    assert set(known.regions()) == {row["code"] for row in facts.provinces()}
    rows = json.loads((known.DATA / "zones.json").read_text(encoding="utf-8"))["regions"]
    assert sum(len(row["provinces"]) for row in rows) == len(known.regions())


def test_the_data_is_whole():
    for method in known.methods().values():
        assert set(method.names) == {"vi", "en", "hi"}
        assert all(method.names.values())
        assert set(method.rates) <= set(known.ZONES)
        for rate in method.rates.values():
            assert 0 <= rate.days_from <= rate.days_to
            assert rate.base >= 0
            assert rate.per_500_grams >= 0


@pytest.mark.parametrize("name", ["methods.json", "zones.json"])
def test_the_data_says_where_it_comes_from(name):
    data = json.loads((known.DATA / name).read_text(encoding="utf-8"))
    assert "to be confirmed by the province" in data["source"]
    assert data["as_of"]
    assert data["licence"]


def test_a_method_that_left_the_data_keeps_its_code():
    assert known.method_name("camel", "vi") == "camel"
    assert known.method_name("post", "hi") == "डाक"
