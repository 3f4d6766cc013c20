"""The first two pages: who, then where; with the place there is a seller."""

from sqlalchemy import select

from cooperatives.joining.models import Beginning
from cooperatives.joining.queries import task_list
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, MemberRole
from cooperatives.queries import membership
from shop.core.db import db, writing
from tests.browser import Browser
from tests.cooperatives.applicants import NAME, begun, the


def test_who_and_where_make_a_draft(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer)
    made = the(code)
    assert (made.state, made.name, made.hamlet) == (CooperativeState.DRAFT, NAME, "Bản Hon")
    assert (made.contact_name, made.contact_phone) == ("Trần Minh Anh", "+84912000106")
    assert membership(cast.buyer, made).role is MemberRole.MANAGER
    assert db.session.scalar(select(Beginning)) is None
    browser.get(f"/my/products/new?cooperative={code}")
    assert browser.response.status_code == 200, "drafts may begin at once"


def test_who_came_by_mail_is_asked_for_a_phone(browser: Browser, cast) -> None:
    with writing():
        cast.buyer.phone, cast.buyer.email = None, "anh@example.vn"
    code = begun(browser, cast.buyer)
    assert task_list(the(code)).tasks[0].progress == "doing"
    browser.get(f"/cooperatives/{code}/joining")
    assert "Số điện thoại người mua gọi được" in browser.text
    who = {"name": NAME, "contact_name": "Trần Minh Anh", "contact_phone": "0912 000 106"}
    browser.post(f"/cooperatives/{code}/joining/who", **who)
    assert task_list(the(code)).tasks[0].progress == "done"


def test_what_was_told_waits_on_any_phone(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.get("/cooperatives/new")
    assert browser.says("Six short tasks. Stop whenever you like, go on from any phone. No e-mail is needed.")
    browser.post("/cooperatives/new/who", kind="group", name="Tổ Hoa Ban")
    elsewhere = Browser(browser.app)
    elsewhere.sign_in(cast.buyer)
    elsewhere.get("/cooperatives/new")
    assert "Tổ Hoa Ban" in elsewhere.text
    elsewhere.get("/cooperatives/new/who")
    assert elsewhere.one("#name").get("value") == "Tổ Hoa Ban"
    elsewhere.post("/cooperatives/new/who", kind="household", name="Hộ Hoa")
    assert [(row.kind, row.name) for row in db.session.scalars(select(Beginning))] == [("household", "Hộ Hoa")]


def test_the_place_comes_after(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    assert browser.get("/cooperatives/new/place").headers["Location"].endswith("/cooperatives/new/who")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.post("/cooperatives/new/who", name="Hộ Hoa")
    assert browser.says("Choose cooperative, household group or household.")
    assert browser.one("#name").get("value") == "Hộ Hoa"
    browser.post("/cooperatives/new/who", kind="household", name="Hộ Hoa")
    browser.post("/cooperatives/new/place", commune_code="", hamlet="Bản Hon")
    assert browser.says("Choose the commune.")
    assert browser.one("#hamlet").get("value") == "Bản Hon"
    browser.post("/cooperatives/new/place", commune_code="99999", hamlet="")
    assert db.session.scalar(select(Cooperative).where(Cooperative.name == "Hộ Hoa")) is None


def test_a_second_tap_makes_no_second_seller(browser: Browser, cast) -> None:
    begun(browser, cast.buyer)
    again = browser.post("/cooperatives/new/place", commune_code="03390", hamlet="")
    assert again.headers["Location"].endswith("/cooperatives/new/who")
    assert len(db.session.scalars(select(Cooperative).where(Cooperative.name == NAME)).all()) == 1


def test_a_visitor_is_led_to_sign_in(browser: Browser) -> None:
    for path in ("/cooperatives/new", "/cooperatives/new/who", "/cooperatives/new/place"):
        assert browser.get(path).headers["Location"].startswith("/sign-in")
