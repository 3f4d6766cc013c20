"""Goods that are weighed when packed: a buyer reads it before ordering, and a changed tolerance is never accepted."""

import pytest

from products import policies, queries
from products.weighing import Weighed
from shop.core.db import db, writing
from shop.orders.models import OrderLine
from tests.products.complete import draft_of
from tests.shop.checkout.shopping import fill, hidden, order, tell
from tests.shop.payments.changing.scales import with_hens

SAID = "about %(weight)s, weighed when packed, at most ±%(percent)s%%"


def test_every_page_says_it_before_the_button(browser, cast):
    with_hens(cast)
    hen = cast.product("hen")
    browser.get(f"/products/{hen.slug}-{hen.code}")
    assert browser.says(SAID, weight="1,8 kg", percent=10)
    fill(browser, cast, hen=2)
    browser.get("/cart")
    assert browser.says(SAID, weight="1,8 kg", percent=10)
    tell(browser)
    assert browser.says(SAID, weight="3,6 kg", percent=10)
    assert browser.says("Lighter than estimated costs less. Heavier costs more only in cash at the door.")
    order(browser)
    line = db.session.query(OrderLine).one()
    assert (line.about_grams, line.weighed_within, line.order.to_weigh) == (1_800, 10, True)
    browser.get(browser.response.location)
    assert browser.says(SAID, weight="3,6 kg", percent=10)


@pytest.mark.parametrize("within", [15, None])
def test_a_changed_tolerance_shows_the_page_again(browser, cast, within):
    with_hens(cast)
    fill(browser, cast, hen=2)
    tell(browser)
    sent = hidden(browser) | {"method": "cash_on_delivery"}
    with writing():
        cast.product("hen").approved.weighed_within = within
    browser.post("/checkout/confirmation", **sent, follow=True)
    assert browser.says("Something changed since you looked. Nothing was ordered. Check the order again.")
    assert not db.session.query(OrderLine).count()


@pytest.mark.parametrize(
    ("pack", "first", "net", "grams"),
    [
        (("con", 1), ("con", 1), 1_800, 1_800),
        (("doi", 2), ("con", 1), 1_801, 3_602),
        (("con", 1), ("doi", 2), 3_601, 1_801),  # half up
        (("kg", 1_000), ("con", 1), 1_800, 1_000),
        (("con", 1), ("con", 1), None, None),
        (("con", 1), ("kg", 1_000), 1_000, None),
        (("lit", 1_000), ("lit", 1_000), 1_000, None),
    ],
)
def test_what_a_pack_weighs_about(pack, first, net, grams):
    assert Weighed.of(pack, first, net, 10) == (None if grams is None else (grams, 10))
    assert Weighed.of(pack, first, net, None) is None


@pytest.mark.parametrize(("net", "asked"), [("1,8 kg", False), ("", True)])
def test_the_seller_says_about_how_heavy_one_is(cast, net, asked):
    with writing():
        product = draft_of(cast, unit="con", pack_amount="", net_weight=net, weighed="10")
    revision = queries.open_revision(product)
    found = [field for field, _sentence in policies.problems(revision, sold_already=False)]
    assert ("net_weight" in found) is asked
