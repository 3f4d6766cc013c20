"""A seller offers something else instead of what is missing, on the page."""

import pytest

from cooperatives.helping.models import Scope
from shop.core.db import db
from shop.orders.changes.models import Change
from tests.cooperatives.helping.helped import helping
from tests.shop.payments.changing.asking import accepted, order_of
from tests.shop.payments.changing.instead import end, offer, stock, with_mustard


@pytest.fixture
def code(cast):
    with_mustard(cast)
    return accepted(cast)


def fields(code, **typed):
    """What the form sends: one pack of the first line is there, all of the second."""
    first = order_of(code).lines[0].id
    known = {"instead": f"instead{first}", "packs": f"packs_instead{first}"}
    return {"packs0": "1", "packs1": "3"} | {known.get(name, name): value for name, value in typed.items()}


def test_offering_it(browser, cast, code):
    browser.sign_in(cast.member)
    browser.get(f"/my/orders/{code}/changes")
    options = [one.get("value") for one in browser.all("select option")]
    assert cast.sku("mustard").code in options and cast.sku("tea").code not in options
    assert browser.says("Only if the buyer says yes. They pay nothing more.")
    browser.post(f"/my/orders/{code}/changes", **fields(code, instead=cast.sku("mustard").code, packs="2"), follow=True)
    change = db.session.query(Change).one()
    assert [(one.line.name, one.after) for one in change.substitutes] == [("Cải mèo", 2)]
    assert browser.says("Sent instead: %(packs)s × %(goods)s", packs=2, goods="Cải mèo")
    assert stock(cast) == (5, 2)
    end(cast, change.code, "agree")
    browser.get(f"/my/orders/{code}")
    assert [one.get("value") for one in browser.all("input[name=packed]")] == ["0", "1", "2"]
    browser.post(f"/my/orders/{code}/packing", packed=["0", "1", "2"], follow=True)
    assert browser.says("Packed. Hand it to the carrier.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"instead": "mustard"}, "Enter how many packs you send instead"),
        ({"instead": "mustard", "packs": "hai"}, "Enter a whole number of packs, for example 12"),
        ({"packs": "2"}, "Choose the goods to send instead"),
        ({"instead": "tea", "packs": "2"}, "These goods cannot be offered now. Choose others."),
        ({"instead": "honey", "packs": "1"}, "These goods cannot be offered now. Choose others."),
        ({"instead": "mustard", "packs": "6"}, "Chỉ còn 5."),
        (
            {"instead": "mustard", "packs": "1", "packs0": "3", "packs1": "1"},
            "Nothing of these goods is missing. Write above how many there are.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_kept(browser, cast, code, typed, words):
    browser.sign_in(cast.member)
    sent = fields(code, **typed)
    sent = {name: cast.sku(value).code if value in cast.ids else value for name, value in sent.items()}
    browser.post(f"/my/orders/{code}/changes", **sent)
    assert browser.response.status_code == 422
    assert browser.says(words)
    assert [one.get("open") is not None for one in browser.all("details.more")] == [True, False]
    assert browser.all(".field.wrong")
    for name, value in sent.items():
        if name.startswith("packs"):
            assert browser.one(f"[name={name}]").get("value") == value
    chosen = [one.get("value") for one in browser.all("select option[selected]") if one.get("value")]
    if typed.get("instead") == "mustard":
        assert chosen == [cast.sku("mustard").code]
    assert (order_of(code).asking, stock(cast)) == (False, (5, 0))


def test_where_there_is_nothing_else_nothing_is_offered(browser, cast, code):
    browser.sign_in(cast.member)
    end(cast, offer(cast, code, 2), "withdraw")
    browser.get(f"/my/orders/{code}/changes")
    assert not browser.all("select")


@pytest.mark.parametrize(("scope", "status"), [(Scope.ORDERS, 302), (Scope.GOODS, 403), (Scope.REPLIES, 403)])
def test_who_helps_with_orders_may_ask_too(browser, cast, code, scope, status):
    helping(browser, cast, scope)
    sent = fields(code, instead=cast.sku("mustard").code, packs="2")
    assert browser.post(f"/my/orders/{code}/changes", **sent).status_code == status
    change = db.session.query(Change).one_or_none()
    assert (change.by_id if change else None) == (cast.helper.id if scope is Scope.ORDERS else None)
    if change:
        assert browser.post(f"/my/orders/{code}/changes/{change.code}/withdrawal").status_code == 302
        assert stock(cast) == (5, 0)
