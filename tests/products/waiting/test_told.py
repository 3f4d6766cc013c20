"""Being told once when goods are in again: only after a yes, only while they can be bought, never twice."""

from datetime import timedelta

import pytest

from products.lifecycle import SeasonWord
from products.waiting import services
from products.waiting.models import StockWait
from products.waiting.tasks import forget_old, tell_back
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.outbox import OutgoingMail
from shop.notices.mail.letters import letter
from shop.notices.models import Notice
from tests.products.waiting.asking import MAIL, asked, in_again, sold_out


def letters(kind: str = "stock_back") -> list[OutgoingMail]:
    return [one for one in db.session.query(OutgoingMail) if one.event.startswith(f"{kind}:")]


def test_once_when_there_is_some(cast):
    sold_out(cast)
    asked(cast, yes=True)
    assert tell_back() == 0, "there is none yet"
    in_again(cast)
    assert [tell_back(), tell_back()] == [1, 0]
    sold_out(cast)
    in_again(cast)
    assert tell_back() == 0, "one letter was asked for"
    (mail,) = letters()
    assert (mail.recipient, mail.language) == (MAIL, "vi")
    assert f"/products/{cast.product().slug}-{cast.product().code}" in mail.body
    assert "Chè Shan tuyết Bình Lư" in mail.subject


def test_nobody_without_a_yes(cast):
    sold_out(cast)
    asked(cast)
    in_again(cast)
    assert (tell_back(), letters()) == (0, [])
    (question,) = letters("stock_wait")
    assert "/waits/" in question.body


@pytest.mark.parametrize("why", ["paused", "over", "too few", "telephone", "suspended"])
def test_not_while_nobody_can_buy(cast, why):
    """The page of the goods and the sweep say the same: one letter that leads to a closed door is worse than none."""
    sold_out(cast)
    asked(cast, yes=True)
    in_again(cast)
    with writing():
        goods = cast.product()
        if why == "paused":
            goods.move("pause")
        elif why == "over":
            goods.season_word = SeasonWord.OFF
        elif why == "too few":
            goods.approved.least_packs = 11
        elif why == "telephone":
            goods.approved.ship_class = "live"
        else:
            cast.cooperative().state = "suspended"
    assert tell_back() == 0


def test_who_is_signed_in_reads_it_in_the_list(cast):
    sold_out(cast)
    with writing():
        assert services.ask(cast.product(), cast.buyer)
        assert not services.ask(cast.product(), cast.buyer), "twice is once"
    in_again(cast)
    assert [tell_back(), tell_back()] == [1, 0]
    notice = db.session.query(Notice).filter_by(user_id=cast.ids["buyer"], kind="stock_back").one()
    assert notice.url == f"/products/{cast.product().slug}-{cast.product().code}"


def test_asked_twice_is_one_letter_and_told_once_one_may_ask_again(cast):
    sold_out(cast)
    first = asked(cast, yes=True)
    assert asked(cast, MAIL.upper().lower()) == first
    assert len(letters("stock_wait")) == 1
    in_again(cast)
    tell_back()
    sold_out(cast)
    assert asked(cast, yes=True) != first
    in_again(cast)
    assert tell_back() == 1
    assert len(letters()) == 2


def test_an_address_waits_for_so_many_goods_only(cast, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    asked(cast, yes=True)
    with writing(), pytest.raises(Invalid):
        services.ask_by_mail(cast.product("honey"), MAIL, "vi")
    asked(cast, "khac@example.com", "honey")


@pytest.mark.parametrize(("yes", "days", "gone"), [(False, 1.9, 0), (False, 2.1, 1), (True, 89, 0), (True, 90.1, 1)])
def test_it_ends_by_itself(cast, yes, days, gone):
    asked(cast, yes=yes)
    clock.set_for_tests(clock.now() + timedelta(days=days))
    assert [forget_old(), forget_old()] == [gone, 0]
    assert db.session.query(StockWait).count() == 1 - gone


def test_both_letters_can_be_ended_by_the_mail_program(browser, cast):
    """RFC 8058: a post to the address in the header, without cookie or token."""
    sold_out(cast)
    asked(cast, yes=True)
    asked(cast, goods="honey", yes=True)
    in_again(cast)
    tell_back()
    for row in [*letters("stock_wait"), *letters()]:
        sent = letter({"event": row.event, "language": "vi", "subject": row.subject, "body": row.body, "facts": None})
        assert sent.unsubscribe.startswith(f"{browser.origin}/waits/")
    path = sent.unsubscribe.removeprefix(browser.origin)
    assert browser.client.post(path, data={"List-Unsubscribe": "One-Click"}, base_url=browser.origin).status_code == 200
    assert db.session.query(StockWait).count() == 0, "everything this address waited for"
    assert browser.client.post(path, base_url=browser.origin).status_code == 404


def test_several_wait_and_the_first_is_told_first(cast):
    sold_out(cast)
    for number in range(3):
        asked(cast, f"b{number}@example.com", yes=True)
    in_again(cast)
    assert tell_back() == 3
    assert [one.recipient for one in letters()] == [f"b{number}@example.com" for number in range(3)]
