"""None, a few, plenty: one tap in the list, real numbers behind it; and the line below which few are left."""

import pytest
from sqlalchemy import select

from products import services as products
from products.stock import checks, policies, queries, services
from products.stock.models import Reason, StockMovement
from products.stock.policies import Level
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict
from tests.products.complete import draft_of, handle


@pytest.fixture
def tea(cast, browser):
    browser.sign_in(cast.member)
    return handle(cast.product())


def buttons(browser):
    return {button.get("value"): button for button in browser.all(".levels:not(.season-switch) button")}


def tap(browser, value, **changes):
    """Send the form of one button as the page has it."""
    form = browser.one("form.levels:not(.season-switch)")
    button = buttons(browser)[value]
    fields = {field.get("name"): field.get("value") for field in form.cssselect("input")} | changes
    return browser.post(form.get("action"), **fields | {button.get("name"): value}, follow=True)


def stock(cast):
    return cast.sku().on_hand, cast.sku().held


def test_one_tap_leaves_none_a_few_or_plenty(browser, cast, tea):
    with writing():
        services.hold({cast.sku().id: 3}, "LC1")
    browser.get("/my/products")
    assert list(buttons(browser)) == ["out", "8", "53"], "three are promised, five and fifty are left to sell"
    tap(browser, "out")
    assert stock(cast) == (3, 3)
    assert browser.says("Out of stock for now")
    assert browser.says("There are now %(number)s, of them %(promised)s promised.", number=3, promised=3)
    tap(browser, "8")
    assert stock(cast) == (8, 3)
    assert browser.says("Running low")
    tap(browser, "53")
    assert stock(cast) == (53, 3)
    assert not browser.all(".sold .status")
    moved = select(StockMovement.delta, StockMovement.reason).order_by(StockMovement.id)
    ours = db.session.execute(moved.where(StockMovement.sku_id == cast.sku().id)).all()[1:]
    assert ours == [(-7, Reason.COUNTED), (5, Reason.COUNTED), (45, Reason.COUNTED)]
    assert [fault for check in checks.CHECKS for fault in check()] == []
    kept = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "stock_counted")).all()
    assert len(kept) == 3


def test_none_left_twice_moves_nothing_twice(browser, cast, tea):
    browser.get("/my/products")
    form = browser.one("form.levels:not(.season-switch)").get("action")
    for _ in range(2):
        browser.post(form, level="out", expected=cast.sku().on_hand)
    moved = db.session.scalars(select(StockMovement.delta).where(StockMovement.sku_id == cast.sku().id)).all()
    assert moved == [10, -10]


def test_the_tap_comes_back_to_its_row(browser, cast, tea):
    answer = browser.post(f"/my/products/{tea.code}/stock", level="out", expected="10", page="3")
    assert answer.location.endswith(f"/my/products?tab=on_sale&page=3#goods-{tea.code}")
    with writing():
        products.pause(cast.product(), cast.member)
    answer = browser.post(f"/my/products/{tea.code}/stock", on_hand="5", expected="0", page="nonsense")
    assert answer.location.endswith(f"/my/products?tab=paused#goods-{tea.code}")


def test_a_count_that_came_between_is_not_overwritten(browser, cast, tea):
    browser.get("/my/products")
    with writing():
        services.count(cast.sku(), 100, 10, cast.second_member)
    form = browser.one("form.levels:not(.season-switch)")
    answer = browser.post(form.get("action"), level="out", expected="10")
    assert answer.status_code == 409
    assert "100" in browser.one(".error-summary").text_content()
    assert cast.sku().on_hand == 100


def test_what_was_ordered_meanwhile_stays_promised(cast):
    with writing():
        services.hold({cast.sku().id: 4}, "LC1")
        services.leave_none(cast.sku(), 10, cast.member)
    assert stock(cast) == (4, 4)
    with writing(), pytest.raises(Conflict):
        services.leave_none(cast.sku(), 10, cast.member)


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("buyer", 403), ("officer", 403), ("stranger", 404), ("second_member", 302)]
)
@pytest.mark.parametrize("end", ["stock", "low-line"])
def test_who_may(browser, cast, who, status, end):
    tea = handle(cast.product())
    if who:
        browser.sign_in(cast.user(who))
    answer = browser.post(f"/my/products/{tea.code}/{end}", level="out", low_at="3", expected="10")
    assert answer.status_code == status
    assert (cast.sku().on_hand, cast.sku().low_at) == (
        (10, 5) if who != "second_member" else ((0, 5) if end == "stock" else (10, 3))
    )


def test_the_low_line_is_the_sellers(browser, cast, tea):
    path = f"/my/products/{tea.code}/low-line"
    assert browser.get(path).status_code == 200
    assert browser.one("#low_at").get("value") == "5"
    browser.post(path, low_at="１０", follow=True)
    assert cast.sku().low_at == 10
    assert browser.says("Running low")
    assert list(buttons(browser)) == ["out", "10", "100"]
    browser.post(path, low_at="10")
    kept = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "low_line_set")).all()
    assert len(kept) == 1


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "abc", "9" * 50])
def test_no_such_line(browser, cast, tea, typed):
    assert browser.post(f"/my/products/{tea.code}/low-line", low_at=typed).status_code == 422
    assert browser.one("#low_at").get("value") == typed
    assert browser.all(".error")
    assert cast.sku().low_at == 5


def test_a_draft_has_no_line(browser, cast):
    with writing():
        draft = handle(draft_of(cast))
    browser.sign_in(cast.member)
    assert browser.get(f"/my/products/{draft.code}/low-line").status_code == 404


def test_levels_and_steps():
    assert [policies.level(free, 5) for free in (0, 1, 5, 6)] == [Level.OUT, Level.LOW, Level.LOW, Level.ENOUGH]
    assert policies.level(1, 0) is Level.ENOUGH
    assert policies.steps(8) == (8, 80)
    assert policies.steps(0) == (5, 50), "without a line, a few is what is usual"


def test_what_runs_low_is_found(cast):
    tea, honey = cast.sku("tea"), cast.sku("honey")
    ours, theirs = cast.ids["cooperative"], cast.ids["other_cooperative"]

    def low(*cooperatives):
        return [sku.code for sku in db.session.scalars(queries.low_stock(cooperatives))]

    codes = tea.code, honey.code
    assert low(ours) == [] and low(ours, theirs) == [codes[1]]
    assert queries.low_counts([ours, theirs]) == (0, 1)
    with writing():
        services.hold({cast.sku("tea").id: 10}, "LC1")
    assert low(ours, theirs) == list(codes), "the emptiest first"
    assert queries.low_counts([ours, theirs]) == (1, 1)
    assert queries.low_counts([]) == (0, 0)
    with writing():
        products.pause(cast.product(), cast.member)
    assert low(ours) == [], "what is not offered runs out for nobody"
