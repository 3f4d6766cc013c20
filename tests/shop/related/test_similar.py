"""Similar goods: each thing that is compared counts where what comes before it is equal."""

from datetime import timedelta

from cooperatives.models import Cooperative
from shop.core import clock
from shop.core.db import db
from shop.core.i18n import use_language
from shop.related.similar import ALL_YEAR, LOOKED_AT, Goods, nearness, read, similar
from shop.storefront.about.routes import NEARNESS
from tests.shop.related.pairs import goods

NOW = clock.now()
TEA = Goods(1, 1, "tea", "LC-001", 0b111, "03390", NOW, frozenset({"che", "shan"}), public=True)


def other(number: int, **about: object) -> Goods:
    """Goods of the same category that have nothing else in common with the tea."""
    bare = {"id": number, "seller": 2, "kind": None, "months": 0b111000, "commune": "x", "words": frozenset()}
    return TEA._replace(**bare | about)


def test_each_criterion_of_the_page_decides_where_those_before_it_are_equal():
    later = NOW + timedelta(days=1)
    steps = [
        {"kind": "LC-001"}, {"words": TEA.words}, {"months": 0b100}, {"commune": "03390"}, {"approved_at": later},
    ]  # fmt: skip
    assert len(steps) == len(NEARNESS) == len(nearness(TEA, TEA)) - 1, "the number of the goods only breaks a tie"
    for place, step in enumerate(steps):
        rest = {name: value for one in steps[place + 1 :] for name, value in one.items()}
        assert similar([TEA, other(2, **step), other(3, **rest)])[1] == [2, 3], step


def test_neither_another_category_nor_the_same_seller_nor_what_is_not_public():
    rows = [TEA, other(2, category="honey"), other(3, seller=1), other(4, seller=4, public=False), other(5)]
    found = similar(rows)
    assert found[1] == [5]
    assert found[4] == [5, 3, 1], "who comes by an old link finds what is like it"


def test_the_order_of_the_rows_does_not_matter_and_there_are_few():
    rows = [other(number, seller=number, words=frozenset({str(number % 7)})) for number in range(2, 200)]
    found = similar([TEA, *rows])
    assert found == similar([*reversed(rows), TEA])
    assert {len(others) for others in found.values()} == {8}


def test_what_is_far_more_than_is_looked_at_still_finds_its_own_kind():
    late = NOW + timedelta(days=1)
    crowd = [other(number, seller=number, approved_at=late) for number in range(10, 10 + 3 * LOOKED_AT)]
    assert similar([TEA, other(2, kind="LC-001"), *crowd])[1][0] == 2


def test_it_reads_what_an_officer_approved(cast):
    new = goods(cast, "Chè Shan tuyết", season_months=0b11)
    rows = {one.id: one for one in read()}
    assert rows[new].words == {"che", "shan", "tuyet"}
    assert (rows[new].months, rows[cast.ids["tea"]].months) == (0b11, ALL_YEAR)
    assert rows[new].commune == db.session.get_one(Cooperative, rows[new].seller).commune_code
    assert all(one.public for one in rows.values())


def test_the_page_says_it_in_every_language(browser, session):
    for root in ("", "/en", "/hi"):
        browser.get(f"{root}/ranking")
        with use_language(root.strip("/") or "vi"):
            shown = [" ".join(node.text_content().split()) for node in browser.all("ol.nearness li")]
            assert shown == [" ".join(str(words).split()) for words in NEARNESS]
