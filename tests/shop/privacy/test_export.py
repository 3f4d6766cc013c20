"""The file with everything kept about one person: whole, for that person only, for a week."""

import io
import json
import zipfile
from datetime import timedelta

from shop.core import clock
from shop.core.db import db, writing
from shop.orders.models import Purchase
from shop.privacy.models import PrivacyRequest
from shop.privacy.packing import file_name
from shop.privacy.tasks import make_exports, take_files_back
from tests.browser import Browser
from tests.shop.orders.buying import ordered
from tests.shop.orders.talks.talking import buyer_says, seller_says

PATH = "/account/privacy/exports"


def made(browser: Browser, person) -> str:
    browser.sign_in(person)
    assert browser.post(PATH).status_code == 302
    assert make_exports() == 1
    return str(db.session.query(PrivacyRequest).order_by(PrivacyRequest.id.desc()).first().code)


def opened(browser: Browser, code: str) -> tuple[dict, str]:
    answer = browser.client.get(f"{PATH}/{code}", base_url=browser.origin)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parcel:
        return json.loads(parcel.read("data.json")), parcel.read("index.html").decode()


def test_the_file_holds_what_is_kept(browser: Browser, cast) -> None:
    purchase = ordered(cast)
    buyer = purchase.buyer_id and cast.buyer
    data, page = opened(browser, made(browser, cast.member))
    assert data["account"][0]["name"] == cast.member.name
    assert data["account"][0]["sign_in_names"] == ["+84912000101"]
    assert [row["cooperative"] for row in data["memberships"]] == [cast.cooperative().name]
    assert len(data["products_begun"]) == 1
    assert any(row["what"] == "export_asked" for row in data["what_you_did"])
    assert cast.member.name in page
    assert buyer is None or data["purchases"] == []


def test_messages_are_in_it_on_either_side(browser: Browser, cast) -> None:
    purchase = ordered(cast)
    order, code = purchase.orders[0].id, purchase.orders[0].code
    with writing():
        db.session.get_one(Purchase, purchase.id).buyer_id = cast.ids["buyer"]
    buyer_says(order, "Chào nhà mình", author=cast.buyer)
    seller_says(order, cast.member, "Chào chị")
    data, _page = opened(browser, made(browser, cast.buyer))
    said = data["purchases"][0]["orders"][0]["messages"]
    assert [(one["by"], one["text"]) for one in said] == [("buyer", "Chào nhà mình"), ("seller", "Chào chị")]
    data, _page = opened(browser, made(browser, cast.member))
    assert [(one["order"], one["text"]) for one in data["messages_to_buyers"]] == [(code, "Chào chị")]


def test_it_holds_nothing_of_others_and_no_secret(browser: Browser, cast) -> None:
    data, page = opened(browser, made(browser, cast.stranger))
    text = json.dumps(data, ensure_ascii=False) + page
    for foreign in (cast.member.name, cast.cooperative().name, "+84912000101", "$argon2"):
        assert foreign not in text


def test_it_is_told_and_asked_for_once(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.post(PATH)
    assert browser.post(PATH).status_code == 409
    assert make_exports() == 1
    assert make_exports() == 0
    browser.get("/notices")
    assert browser.says("Your file is ready")
    assert browser.post(PATH).status_code == 302, "a new one, once the first is made"


def test_nobody_else_gets_it(browser: Browser, cast) -> None:
    code = made(browser, cast.buyer)
    for who in ("member", "admin", "officer"):
        browser.sign_in(cast.user(who))
        assert browser.client.get(f"{PATH}/{code}", base_url=browser.origin).status_code == 404
    browser.sign_out()
    assert browser.get(f"{PATH}/{code}").headers["Location"].startswith("/sign-in")


def test_a_proof_of_long_ago_is_asked_again(browser: Browser, cast) -> None:
    clock.set_for_tests(clock.now())
    code = made(browser, cast.buyer)
    clock.set_for_tests(clock.now() + timedelta(minutes=11))
    assert browser.get(f"{PATH}/{code}").headers["Location"].startswith("/confirm?next=")
    browser.post(PATH)
    assert browser.says("What you typed is kept. Show once more that it is you.")


def test_the_file_goes_after_a_week(browser: Browser, cast, storage) -> None:
    clock.set_for_tests(clock.now())
    code = made(browser, cast.buyer)
    assert storage.exists(file_name(code))
    clock.set_for_tests(clock.now() + timedelta(days=7, seconds=1))
    browser.sign_in(cast.buyer)
    assert browser.get(f"{PATH}/{code}").status_code == 404
    assert take_files_back() == 1
    assert not storage.exists(file_name(code))
    assert take_files_back() == 0
