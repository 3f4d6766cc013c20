"""The grid: many rows, one button; what can be saved is saved, what cannot comes back as it was typed."""

import pytest
from sqlalchemy import event, select

from cooperatives.models import MemberRole, Membership
from products import services as products
from products.lifecycle import RevisionState, Shelf
from products.models import Product, Sku
from products.queries import open_revision
from products.stock import checks
from products.stock import services as stock
from shop.core.db import db, writing
from tests.cast import make_product
from tests.products.complete import draft_of

GRID = "/my/products/grid"


@pytest.fixture
def tea(cast, browser):
    browser.sign_in(cast.member)
    return cast.sku().code


def fields(browser):
    """What a browser would send back untouched."""
    sent = {}
    for field in browser.one("form.grid-form").cssselect("input[name]"):
        if field.get("type") != "checkbox" or field.get("checked") is not None:
            sent[field.get("name")] = field.get("value")
    return sent


def more(cast, number, cooperative="cooperative", person="member"):
    with writing():
        made = [
            make_product(
                cast.cooperative(cooperative),
                cast.user(person),
                f"Chè {place}",
                category="tea",
                price=50_000,
                on_hand=9,
            )
            for place in range(number)
        ]
        return [one.skus[0].code for one in made]


def row_of(code):
    return db.session.scalars(select(Sku).where(Sku.code == code)).one()


def sentence(browser, cell):
    return browser.one(f"[id='{cell}-error']").text_content()


def test_price_number_and_pause_in_one_go(browser, cast, tea):
    other = more(cast, 1)[0]
    browser.get(GRID)
    sent = fields(browser) | {f"price-{tea}": "１３０k", f"on_hand-{tea}": "12", f"price-{other}": "55.000"}
    del sent[f"on_sale-{other}"]
    browser.post(GRID, **sent, follow=True)
    assert "4" in browser.one(".flashes").text_content()
    assert (row_of(tea).price, row_of(tea).on_hand) == (130_000, 12)
    assert (row_of(other).price, row_of(other).product.shelf) == (55_000, Shelf.PAUSED)
    assert browser.one(f"[id='price-{tea}']").get("value") == "130.000"
    assert [fault for check in checks.CHECKS for fault in check()] == []
    browser.post(GRID, **(fields(browser) | {f"on_sale-{other}": "1"}))
    assert row_of(other).product.shelf is Shelf.ON_SALE


def test_nothing_changed_writes_nothing(browser, cast, tea):
    browser.get(GRID)
    before = cast.product().version
    assert browser.post(GRID, **fields(browser)).status_code == 302
    assert cast.product().version == before


def test_what_cannot_be_saved_comes_back_and_the_rest_is_saved(browser, cast, tea):
    first, second, third = more(cast, 3)
    browser.get(GRID)
    sent = fields(browser) | {f"price-{tea}": "125k", f"on_hand-{first}": "-3", f"price-{second}": "1.250"}
    sent |= {f"price-{third}": "51k"}
    with writing():
        stock.set_price(row_of(third), 52_000, 50_000, cast.second_member, "changed")
    assert browser.post(GRID, **sent).status_code == 422
    assert row_of(tea).price == 125_000
    assert browser.one(f"[id='on_hand-{first}']").get("value") == "-3"
    assert "12" in sentence(browser, f"on_hand-{first}"), "an example of a number"
    asked = sentence(browser, f"price-{second}")
    assert "1250 " in asked and "1250000" in asked, "both readings"
    assert browser.one(f"[id='price-{second}']").get("value") == "1.250"
    assert "52.000" in sentence(browser, f"price-{third}")
    assert browser.one(f"[id='price-{third}']").get("value") == "51k"
    assert len(browser.all(".error-summary a")) == 3
    with_new_number = fields(browser) | {f"on_hand-{first}": "3", f"price-{second}": "60k"}
    browser.post(GRID, **with_new_number, follow=True)
    assert (row_of(first).on_hand, row_of(second).price, row_of(third).price) == (3, 60_000, 51_000)


@pytest.mark.parametrize("typed", ["", "0", "-1", "abc", "1,5", "9" * 50, "🍯", "x" * 10_000])
def test_no_such_price(browser, cast, tea, typed):
    browser.get(GRID)
    assert browser.post(GRID, **(fields(browser) | {f"price-{tea}": typed})).status_code == 422
    assert browser.one(f"[id='price-{tea}']").get("value") == typed
    assert row_of(tea).price == 120_000


def test_an_unusual_price_is_asked_about_and_goes_to_the_officer(browser, cast, tea):
    browser.get(GRID)
    assert browser.post(GRID, **(fields(browser) | {f"price-{tea}": "1tr2"})).status_code == 422
    box = browser.one(f"[name='ok-{tea}']")
    assert box.get("checked") is None
    assert browser.post(GRID, **fields(browser)).status_code == 422, "without the tick it is asked again"
    browser.post(GRID, **(fields(browser) | {f"ok-{tea}": box.get("value")}), follow=True)
    assert row_of(tea).price == 120_000
    waiting = open_revision(cast.product())
    assert (waiting.state, waiting.proposed_price) == (RevisionState.SUBMITTED, 1_200_000)


def test_promised_packs_are_not_counted_away(browser, cast, tea):
    with writing():
        stock.hold({cast.sku().id: 4}, "LC1")
    browser.get(GRID)
    assert browser.post(GRID, **(fields(browser) | {f"on_hand-{tea}": "3"})).status_code == 422
    assert "4" in sentence(browser, f"on_hand-{tea}")
    assert row_of(tea).on_hand == 10


def test_somebody_paused_it_first(browser, cast, tea):
    browser.get(GRID)
    sent = fields(browser)
    del sent[f"on_sale-{tea}"]
    with writing():
        products.pause(cast.product(), cast.second_member)
    assert browser.post(GRID, **sent).status_code == 422
    assert browser.says("Somebody paused or resumed it meanwhile.")


def test_goods_of_strangers_and_withdrawn_ones_are_not_touched(browser, cast, tea):
    honey = cast.sku("honey").code
    browser.get(GRID)
    assert honey not in fields(browser)
    theirs = {f"was-{honey}": "250000/5/1", f"price-{honey}": "240k", f"on_hand-{honey}": "5"}
    assert browser.post(GRID, **theirs).status_code == 422
    assert row_of(honey).price == 250_000
    assert browser.says("%(num)s pack is no longer in your list.", num=1) or "1" in browser.one(".error-summary").text
    sent = fields(browser) | {f"on_hand-{tea}": "3"}
    with writing():
        products.withdraw(cast.product(), cast.second_member)
    assert browser.post(GRID, **sent).status_code == 422
    assert row_of(tea).on_hand == 10


@pytest.mark.parametrize("was", ["", "abc", "1/2", "1/2/3/4", "-1/2/1", "9" * 40 + "/1/1", "²/1/1"])
def test_a_hidden_field_that_is_none_of_ours_is_no_row(browser, cast, tea, was):
    assert browser.post(GRID, **{f"was-{tea}": was, f"price-{tea}": "1k", f"on_hand-{tea}": "1"}).status_code == 302
    assert row_of(tea).price == 120_000


def test_two_packs_share_one_shelf(browser, cast, tea):
    with writing():
        stock.open_sku(cast.product(), pack=(1000, "kg"), price=500_000, on_hand=3, actor=cast.member)
    browser.get(GRID)
    assert len(browser.all("tbody tr")) == 2
    assert len(browser.all("input[name^='on_sale-']")) == 1


def test_drafts_are_not_in_it(browser, cast, tea):
    with writing():
        draft_of(cast)
    browser.get(GRID)
    assert len(browser.all("tbody tr")) == 1


def test_one_seller_of_several(browser, cast, tea):
    with writing():
        theirs = cast.cooperative("other_cooperative")
        db.session.add(Membership(cooperative_id=theirs.id, user_id=cast.member.id, role=MemberRole.MEMBER))
        code = theirs.code
    browser.get(GRID)
    assert len(browser.all("tbody tr")) == 2
    browser.get(f"{GRID}?for={code}")
    assert len(browser.all("tbody tr")) == 1
    assert browser.get(f"{GRID}?for=nonsense").status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("buyer", 403), ("officer", 403), ("second_member", 200)])
def test_who_may(browser, cast, who, status):
    if who:
        browser.sign_in(cast.user(who))
    if who is None:
        assert browser.get(GRID).status_code in {302, 401}
        return
    assert browser.get(GRID).status_code == status


@pytest.fixture
def counted(app):
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_three_hundred_rows_cost_as_many_queries_as_one(browser, cast, tea, counted):
    def queries():
        counted.clear()
        assert browser.get(GRID).status_code == 200
        return len(browser.all("tbody tr")), len(counted)

    queries()
    one, few = queries()
    codes = more(cast, 305)
    many, still_few = queries()
    assert (one, many) == (1, 300)
    assert few == still_few <= 14
    sent = fields(browser) | {f"on_hand-{code}": "7" for code in codes[-10:]}
    counted.clear()
    assert browser.post(GRID, **sent).status_code == 302
    assert len(counted) <= 30 + 10 * 10, "ten of three hundred rows changed"
    assert db.session.scalars(select(Sku.on_hand).where(Sku.on_hand == 7)).all() == [7] * 10
    browser.get(f"{GRID}?page=2")
    assert len(browser.all("tbody tr")) == 6
    assert db.session.scalar(select(Product.id).limit(1))
