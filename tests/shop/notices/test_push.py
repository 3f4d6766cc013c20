"""Told on the phone: asked for, sealed, opened by the stand-in, forgotten; never on a borrowed phone."""

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select

from shop.accounts import sessions
from shop.config import GeneratedKeys
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingPush, OutgoingSms
from shop.notices import services, tasks
from shop.notices.models import Notice
from shop.notices.push import tasks as push_tasks
from shop.notices.push.models import PushSubscription
from shop.notices.push.sealing import point, private_key, to_text
from shop.notices.push.sender import WebPush
from shop.sandbox.serve import Running, running
from tests.browser import Browser
from tests.shop.orders.buying import act, ordered

PAGE = "/account/push"
http = httpx.Client(trust_env=False)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory) -> Iterator[Running]:
    with running(str(tmp_path_factory.mktemp("push") / "state.db")) as sandbox:
        yield sandbox


@pytest.fixture
def market(app, session, stand_in, monkeypatch):
    """A market that has a key and knows the stand-in's push service."""
    key = GeneratedKeys().vapid_private_key
    chosen = replace(app.extensions["settings"], vapid_private_key=key, sandbox_url=stand_in.url)
    monkeypatch.setitem(app.extensions, "settings", chosen)
    http.post(f"{stand_in.url}/_control/forgetting", json={}).raise_for_status()
    return chosen


@pytest.fixture
def given(market, stand_in) -> dict[str, str]:
    """What a browser gives our script after the person said yes."""
    ours = to_text(point(private_key(market.vapid_private_key)))
    made = http.post(f"{stand_in.url}/push/browsers", json={"application_server_key": ours}).json()
    return {"endpoint": made["endpoint"], **made["keys"]}


@pytest.fixture
def asked(browser: Browser, cast, given) -> Browser:
    browser.sign_in(cast.member)
    assert browser.post(PAGE, **given).status_code == 201
    return browser


def _tell(person) -> str:
    with writing():
        url, facts = "/my/orders/LC48172063", {"code": "LC 4817 2063", "ship_by": "16/2"}
        code = services.tell(person, "order_placed", url, **facts).code
        db.session.query(OutgoingPush).update({"due_at": clock.now()})  # whatever the hour is where the test runs
    return code


def test_told_sealed_and_with_nothing_of_a_person(cast, asked, stand_in) -> None:
    code = _tell(cast.member)
    assert [tasks.send_push(), tasks.send_push()] == [1, 0]
    (got,) = http.get(f"{stand_in.url}/push.json").json()
    assert json.loads(got["message"]) == {"group": "orders", "code": code}


def test_the_same_browser_is_kept_once_for_who_signed_in_last(cast, asked, given) -> None:
    asked.post(PAGE, **given)
    asked.sign_in(cast.stranger)
    asked.post(PAGE, **given)
    assert [row.user_id for row in db.session.scalars(select(PushSubscription))] == [cast.ids["stranger"]]


def test_a_browser_that_took_it_back_is_forgotten(cast, asked, given) -> None:
    http.delete(given["endpoint"])
    _tell(cast.member)
    assert tasks.send_push() == 0
    assert db.session.scalar(select(PushSubscription.id)) is None
    assert db.session.scalar(select(OutgoingPush.problem)) == "Push 410"


def test_who_signed_out_hears_nothing_more(cast, asked) -> None:
    _tell(cast.member)
    with writing():
        sessions.end(cast.ids["member"])
    assert tasks.send_push() == 0
    assert db.session.scalar(select(OutgoingPush.problem)) == "signed out"
    assert push_tasks.forget_ended() == 1
    _tell(cast.member)
    assert len(list(db.session.scalars(select(OutgoingPush)))) == 1


def test_another_markets_key_is_refused(market, given) -> None:
    other = WebPush(replace(market, vapid_private_key=GeneratedKeys().vapid_private_key))
    with pytest.raises(Exception, match="Push 403"):
        other.send(given["endpoint"], given["p256dh"], given["auth"], "x")


def test_never_on_a_borrowed_phone(browser: Browser, cast, given) -> None:
    with writing():
        token = sessions.start(cast.member, sessions.SHARED_PHONE, shared_device=True, agent="test", address="")
    browser.set_cookie(browser.session_cookie, token)
    _tell(cast.member)
    browser.get("/notices")
    assert not browser.all("form[data-behaviour='phone/push']")
    assert browser.post(PAGE, **given).status_code == 403
    assert db.session.scalar(select(PushSubscription.id)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://evil.example/"}, {"endpoint": ""}, {"p256dh": "x"}, {"auth": "AAAA"}, {"p256dh": "BB=="},
        {"auth": ""}, {"p256dh": "é"},
    ],
)  # fmt: skip
def test_bad_input_is_refused(browser: Browser, cast, given, wrong) -> None:
    browser.sign_in(cast.member)
    assert browser.post(PAGE, **given | wrong).status_code == 422
    assert db.session.scalar(select(PushSubscription.id)) is None


def test_a_visitor_is_not_asked(browser: Browser, cast, given) -> None:
    assert browser.post(PAGE, **given).status_code == 401


def test_asked_once_there_was_something_to_tell(browser: Browser, cast, market) -> None:
    browser.sign_in(cast.member)
    browser.get("/notices")
    assert not browser.all("form[data-behaviour='phone/push']")
    _tell(cast.member)
    browser.get("/notices")
    card = browser.one("form[data-behaviour='phone/push']")
    assert card.get("hidden") is not None and card.get("data-key") == to_text(
        point(private_key(market.vapid_private_key))
    )


def test_who_said_yes_is_not_asked_again(cast, asked) -> None:
    _tell(cast.member)
    asked.get("/notices")
    assert not asked.all("form[data-behaviour='phone/push']")


def test_the_worker_has_the_words_of_its_language(browser: Browser, cast) -> None:
    for lang, words in (("vi", "Có tin về đơn hàng."), ("en", "There is news about an order.")):
        assert json.dumps(words) in browser.get(f"/sw.js?lang={lang}").get_data(as_text=True)


def test_without_a_key_nothing_is_queued(session, cast) -> None:
    _tell(cast.member)
    assert (tasks.send_push(), db.session.scalar(select(OutgoingPush.id))) == (0, None)


def _card(browser: Browser, path: str):
    browser.get(path)
    return browser.all("form[data-behaviour='phone/push']")


def test_a_buyer_is_asked_on_the_page_of_the_own_order(browser: Browser, cast, market, given) -> None:
    made = ordered(cast)
    page = f"/purchases/{made.token}"
    assert not _card(browser, page), "the link alone is anybody's"
    browser.sign_in(cast.buyer)
    assert not _card(browser, page), "nor somebody else's, signed in"
    with writing():
        db.session.merge(made).buyer_id = cast.ids["buyer"]
    (card,) = _card(browser, page)
    assert len(card.cssselect("button[data-part=later]")) == 1
    assert not _card(browser, "/"), "never on arrival"
    assert browser.post(PAGE, **given).status_code == 201
    assert not _card(browser, page)


def test_a_buyer_hears_of_the_own_order_by_one_word_and_no_second_mail(browser: Browser, cast, asked, stand_in) -> None:
    made = ordered(cast)
    with writing():
        purchase = db.session.merge(made)
        purchase.buyer_id = cast.ids["member"]
        key = purchase.orders[0].id
    before = db.session.query(OutgoingMail).count(), db.session.query(OutgoingSms).count()
    act(key, "accept")
    (notice,) = db.session.scalars(select(Notice).where(Notice.kind == "own_order"))
    assert (notice.user_id, notice.url) == (cast.ids["member"], f"/purchases/{made.token}")
    (word,) = db.session.scalars(select(OutgoingPush).where(OutgoingPush.event == notice.event))
    assert json.loads(word.body) == {"group": "orders", "code": notice.code}
    after = db.session.query(OutgoingMail).count(), db.session.query(OutgoingSms).count()
    assert sum(after) == sum(before) + 1
