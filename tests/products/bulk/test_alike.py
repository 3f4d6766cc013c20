"""Small changes that are alike: one page, one button, and one in ten opened by itself all the same."""

import pytest
from sqlalchemy import event, func, select, update

from products import services
from products.bulk.models import BulkDraw
from products.models import Product, ProductRevision
from products.queue.models import WaitingRevision
from products.queue.services import claim
from products.review.models import Decision
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU, make_product

ALIKE = "/review/products/alike"
SEASON = f"{ALIKE}/season"


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def edits(cast, number, first=0, **values):
    """Changes of so many goods on sale, each says the same otherwise; returns their codes."""
    with writing():
        return [edit(cast, f"Chè {place}", **values) for place in range(first, first + number)]


def edit(cast, called, **values):
    price = {"category": "tea", "price": 100_000, "on_hand": 1} | {
        k: values.pop(k) for k in ("category",) if k in values
    }
    product = make_product(cast.cooperative(), cast.member, called, **price)
    draft = services.start_edit(product, cast.member)
    services.save_draft(draft, values or {"season": [1, 2]}, cast.member)
    services.submit(product, cast.member)
    return product.code


def waiting():
    db.session.rollback()
    return db.session.scalar(select(func.count(WaitingRevision.revision_id)))


def keys(browser):
    return [one.get("value") for one in browser.all("input[name=item]")]


def singles(browser):
    return [one.get("href") for one in browser.all("[aria-labelledby=single-title] a")]


def test_one_button_approves_all_but_the_drawn(desk, cast):
    edits(cast, 12)
    desk.get(ALIKE)
    assert [one.get("href") for one in desk.all(".task-list a")] == [SEASON]
    desk.get(SEASON)
    together, apart = keys(desk), singles(desk)
    assert (len(together), len(apart)) == (11, 1)
    assert len(desk.all("li.card dl.changes")) == 11
    desk.post(SEASON, item=together)
    assert desk.says("Open these one by one")
    assert waiting() == 1
    assert db.session.scalar(select(func.count(Decision.id)).where(Decision.number == 2)) == 11
    assert singles(desk) == apart


def test_nine_have_no_draw_and_nine_more_have_one(desk, cast):
    edits(cast, 9)
    desk.get(SEASON)
    assert (len(keys(desk)), len(singles(desk))) == (9, 0)
    desk.post(SEASON, item=keys(desk))
    edits(cast, 9, first=9)
    desk.get(SEASON)
    assert (len(keys(desk)), len(singles(desk))) == (8, 1)


def test_looking_again_draws_nothing_else(desk, cast):
    edits(cast, 30)
    desk.get(SEASON)
    apart = singles(desk)
    assert len(apart) == 3
    for _ in range(3):
        desk.get(SEASON)
        assert singles(desk) == apart
    assert db.session.scalar(select(func.count()).select_from(BulkDraw)) == 30


def test_what_was_drawn_is_not_approved_by_its_name(desk, cast):
    edits(cast, 10)
    desk.get(SEASON)
    code = singles(desk)[0].split("/")[3]
    desk.post(SEASON, item=f"{code}:2")
    assert waiting() == 10
    assert desk.says("Left out")


def test_what_changed_meanwhile_is_left_out_and_named(desk, cast):
    codes = edits(cast, 3)
    desk.get(SEASON)
    shown = keys(desk)
    with writing():
        product = db.session.scalars(select(Product).where(Product.code == codes[0])).one()
        services.take_back(product, cast.member)
        services.submit(product, cast.member)
    desk.post(SEASON, item=shown)
    assert waiting() == 1
    assert [one.text for one in desk.all("[aria-labelledby=left-title] strong")] == ["Chè 0"]


def test_what_a_colleague_has_is_left_to_him(desk, cast):
    edits(cast, 2)
    with writing():
        key = db.session.scalars(select(WaitingRevision.revision_id).limit(1)).one()
        claim(key, 2, cast.officer_elsewhere)
    desk.get(SEASON)
    assert len(keys(desk)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Chè khác"},
        {"story": "Một câu chuyện mới"},
        {"price": "300000"},
        {"season": [1], "ingredients": "Chè"},
        {"category": "beverage", "season": [1]},
    ],
)
def test_what_is_no_small_change(desk, cast, values):
    edits(cast, 1, **values)
    desk.get(ALIKE)
    assert desk.all(".task-list a") == []


def test_a_small_step_of_the_price_and_a_word_of_the_story(desk, cast):
    with writing():
        price = {"category": "tea", "price": 100_000, "on_hand": 1}
        product = make_product(cast.cooperative(), cast.member, "Chè", **price)
        product.approved.text("vi").story = "Chè này mọc trên núi cao, chúng tôi hái bằng tay từng búp một"
        draft = services.start_edit(product, cast.member)
        story = "Chè này mọc trên núi rất cao, chúng tôi hái bằng tay từng búp một"
        services.save_draft(draft, {"price": "110000", "story": story}, cast.member)
        services.submit(product, cast.member)
    desk.get(ALIKE)
    assert [one.get("href") for one in desk.all(".task-list a")] == [f"{ALIKE}/price.story"]
    desk.get(f"{ALIKE}/price.story")
    assert len(keys(desk)) == 1


def test_what_came_back_and_ones_own_are_read_one_by_one(browser, cast):
    edits(cast, 2)
    with writing():
        first, second = db.session.scalars(select(WaitingRevision.revision_id)).all()
        db.session.execute(update(WaitingRevision).where(WaitingRevision.revision_id == first).values(came_back=True))
        own = db.session.get_one(ProductRevision, second)
        own.submitted_by_id = cast.officer.id
    browser.sign_in(cast.officer)
    browser.get(ALIKE)
    assert browser.all(".task-list a") == []


def test_a_stranger_sees_and_approves_nothing(browser, cast):
    codes = edits(cast, 1)
    browser.sign_in(cast.officer_elsewhere)
    browser.get(ALIKE)
    assert browser.all(".task-list a") == []
    browser.post(SEASON, item=f"{codes[0]}:2")
    assert waiting() == 1
    with writing():
        officer = cast.officer_elsewhere.id
        db.session.add(OfficerCommune(user_id=officer, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
    browser.post(SEASON, item=f"{codes[0]}:2")
    assert waiting() == 0


def test_a_kind_that_is_none(desk, cast):
    assert desk.get(f"{ALIKE}/khong-co").status_code == 404


def test_a_long_page_costs_no_more_queries(desk, cast):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    def cost():
        desk.get(SEASON)
        seen.clear()
        desk.get(SEASON)
        return len(seen)

    event.listen(db.engine, "before_cursor_execute", note)
    edits(cast, 1)
    few = cost()
    edits(cast, 8, first=1)
    many = cost()
    event.remove(db.engine, "before_cursor_execute", note)
    assert many == few
