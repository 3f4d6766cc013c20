"""From one to the next: the order and the view of the queue, also past what was just decided."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products.lifecycle import RevisionState
from products.models import Product
from products.queries import last_revision
from products.queue import services as queue
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import make_product
from tests.products.review.sent import path_of, sent_edit

QUEUE = "/review/products"


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


@pytest.fixture
def three(cast):
    """Three goods that wait, each sent a minute after the one before."""
    start, made = clock.now() - timedelta(hours=1), []
    with writing():
        for place in range(3):
            clock.set_for_tests(start + timedelta(minutes=place))
            facts = {"category": "tea", "price": 1000, "on_hand": 1}
            made.append(
                make_product(cast.cooperative(), cast.member, f"Chè {place}", state=RevisionState.SUBMITTED, **facts)
            )
        paths = [path_of(one) for one in made]
    clock.set_for_tests(None)
    return paths


def step(path, end=""):
    return path.replace("/decision", "/next") + end


def test_forth_and_back_and_from_the_last_to_the_first(desk, three):
    first, second, third = three
    assert desk.get(step(first)).location == second
    assert desk.get(step(third, "?back=1")).location == second
    assert desk.get(step(third)).location == first
    assert desk.get(step(first, "?back=1")).location == QUEUE


def test_after_a_decision_the_next_opens_with_the_way_back(desk, three):
    first, second, third = three
    desk.get(first)
    desk.get(desk.post(second, verdict="approve").location)
    assert desk.response.location == third
    desk.get(third)
    assert desk.says("Approved: %(product)s", product="Chè 1")
    assert desk.get(step(first)).location == third, "what was decided is passed over"
    for path in (third, first):
        last = desk.post(path, verdict="approve").location
    assert desk.get(last).location == QUEUE
    desk.get(QUEUE)
    assert desk.says("Approved: %(product)s", product="Chè 0")


def test_the_view_stays(desk, cast, three):
    with writing():
        sent_edit(cast, name="Chè khác")
    edit = path_of(cast.product())
    assert desk.get(step(three[0], "?view=edit")).location == f"{edit}?view=edit"
    desk.get(f"{edit}?view=edit")
    assert desk.one(".decision-bar form").get("action") == f"{edit}?view=edit"
    assert desk.post(f"{edit}?view=edit", verdict="approve").location.endswith("/next?view=edit")
    assert desk.get(step(edit, "?view=edit")).location == f"{QUEUE}?view=edit"


def test_what_another_works_on_is_passed_over(desk, cast, three):
    first, second, third = three
    with writing():
        found = db.session.scalars(select(Product).where(Product.code == second.split("/")[3])).one()
        queue.claim(last_revision(found).id, 1, cast.officer_elsewhere)
    assert desk.get(step(first)).location == third


@pytest.mark.parametrize("end", ["?view=none", "?commune=00001"])
def test_what_is_no_view(desk, three, end):
    assert desk.get(step(three[0], end)).status_code == 404


def test_who_may_not(browser, cast, three):
    assert "/sign-in" in browser.get(step(three[0])).location
    browser.sign_in(cast.member)
    assert browser.get(step(three[0])).status_code == 403
    browser.sign_in(cast.officer_elsewhere)
    assert browser.get(step(three[0])).status_code == 404
