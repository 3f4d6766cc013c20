"""The admin makes, reads and ends rules; the officer sees what they approved; the seller is told that no person did."""

import pytest
from sqlalchemy import select

from products.automatic import counts, services
from products.automatic.models import ApprovalRule
from products.review.models import Verdict, Withdrawal
from shop.core import clock
from shop.core.db import db
from tests.products.automatic.trusted import Lot, approved_by_rule, by_rules, edit, goods, rule, swept
from tests.products.review.sent import decided, ten_seconds_pass

LIST, NEW = "/staff/approval-rules", "/staff/approval-rules/new"
RECENT, CHANGES = "/review/products/by-rules", "/review/products?view=edit"
TOLD = {
    "name": "Mùa vụ",
    "fields": ["season", "storage"],
    "approvals": "10",
    "days": "90",
    "recent": "20",
    "returned_percent": "5",
    "quiet_days": "30",
    "per_day": "3",
}


@pytest.fixture
def admin(browser, cast):
    browser.sign_in(cast.admin)
    return browser


def kept():
    db.session.rollback()
    return list(db.session.scalars(select(ApprovalRule).order_by(ApprovalRule.id)))


def make(browser, **changes):
    """See the words, then make it; what the second post says otherwise is `changes`."""
    browser.post(NEW, **TOLD)
    seen = browser.one("input[name=seen]").get("value")
    return browser.post(NEW, **(TOLD | changes), seen=seen)


def test_made_once_its_words_were_seen(admin, cast):
    admin.get(LIST)
    assert admin.says("Officers read every change themselves.")
    admin.get(NEW)
    answer = admin.post(NEW, **TOLD)
    assert (answer.status_code, kept()) == (200, [])
    assert admin.says("At most %(num)s change a seller a day.", num=3)
    assert admin.one("#name").get("value") == "Mùa vụ"
    assert make(admin).status_code == 302
    made = kept()[0]
    assert (made.name, made.fields, made.communes) == ("Mùa vụ", ["season", "storage"], [])
    assert (made.approvals, made.days, made.recent, made.per_day) == (10, 90, 20, 3)
    assert made.made_by_id == cast.admin.id
    admin.get(LIST)
    assert admin.says("Holds")


def test_another_rule_than_was_seen_is_shown_again(admin):
    assert make(admin, per_day="9").status_code == 200
    assert kept() == []
    assert admin.says("At most %(num)s change a seller a day.", num=9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"fields": []}, "fields"),
        ({"fields": ["ingredients"]}, "fields"),
        ({"communes": ["99999"]}, "communes"),
        ({"approvals": "0"}, "approvals"),
        ({"approvals": "mười"}, "approvals"),
        ({"approvals": ""}, "approvals"),
        ({"days": "9" * 40}, "days"),
        ({"returned_percent": "51"}, "returned_percent"),
        ({"per_day": "-1"}, "per_day"),
    ],
)
def test_what_is_no_rule_is_said_at_its_field(admin, changes, field):
    answer = admin.post(NEW, **(TOLD | changes))
    assert answer.status_code == 422
    assert admin.all(f"#{field}-error")
    if isinstance(changes.get(field), str) and field != "name":
        assert admin.one(f"#{field}").get("value") == changes[field], "what was typed is kept"
    assert kept() == []


def test_a_name_that_holds_already(admin):
    make(admin)
    assert make(admin).status_code == 422
    assert admin.says("A rule of this name holds already.")
    assert len(kept()) == 1


def test_ended_once(admin):
    make(admin)
    code = kept()[0].code
    assert admin.post(f"{LIST}/{code}/end").status_code == 302
    assert kept()[0].ended_at is not None
    assert admin.post(f"{LIST}/{code}/end").status_code == 409
    assert admin.post(f"{LIST}/khong-co/end").status_code == 404
    admin.get(LIST)
    assert admin.says("Ended")


def test_only_the_admin(browser, cast):
    code = rule(cast).code
    for name in ("officer", "member", "helper", "buyer"):
        browser.sign_in(cast.user(name))
        assert [browser.get(path).status_code for path in (LIST, NEW)] == [403, 403]
        assert browser.post(NEW, **TOLD).status_code == 403
        assert browser.post(f"{LIST}/{code}/end").status_code == 403
    assert kept()[0].ended_at is None


def test_how_good_a_rule_is(admin, cast, monkeypatch):
    made = rule(cast).id
    monkeypatch.setattr(services, "_LOT", Lot(99))
    edit(cast, "Chè 1")
    swept()
    ten_seconds_pass()
    monkeypatch.setattr(services, "_LOT", Lot(0))
    first, second = edit(cast, "Chè 2"), edit(cast, "Chè 3")
    edit(cast, "Chè 4")
    swept()
    decided(cast, goods(first), Verdict.RETURN, "Sai mùa")
    decided(cast, goods(second), Verdict.APPROVE)
    assert counts.done_by_rules() == {made: counts.Done(1, 0, 3, 2, 1)}
    admin.get(LIST)
    assert admin.says("%(read)s of %(sampled)s", read=2, sampled=3)
    assert admin.says("Officers sent some back: look whether the rule is good")


def test_the_officer_sees_it_and_takes_it_back(browser, cast):
    browser.sign_in(cast.officer)
    browser.get(CHANGES)
    assert browser.all(f"a[href='{RECENT}']") == [], "nothing was approved by rules"
    code = approved_by_rule(cast)
    browser.get("/review/products")
    assert browser.all(f"a[href='{RECENT}']")
    browser.get(CHANGES)
    assert browser.says("%(num)s change was approved by rules in seven days", num=1)
    browser.get(browser.one(f"a[href='{RECENT}']").get("href"))
    assert browser.all(f"a[href='/review/products/{code}/history/2']")
    assert browser.all(f"a[href='/review/sellers/{cast.cooperative().code}']")
    undo = f"/review/products/{code}/2/decision/withdrawal"
    assert browser.all(f"form[action='{undo}']")
    browser.get(f"/review/products/{code}/2/decision")
    assert browser.says("The rule “%(name)s” approved this already.", name="Mùa vụ và cách dùng")
    assert browser.all(f"form[action='{undo}']")
    assert browser.post(undo).status_code == 302
    assert by_rules()[0].withdrawn_why is Withdrawal.UNDONE
    browser.get(RECENT)
    assert browser.says("Taken back")
    assert browser.all(f"form[action='{undo}']") == []
    browser.get(CHANGES)
    assert browser.all(f"a[href='{RECENT}']") == []


def test_too_late_to_take_back(browser, cast):
    code = approved_by_rule(cast)
    browser.sign_in(cast.officer)
    clock.pass_for_tests(services.UNDO)
    browser.get(RECENT)
    undo = f"/review/products/{code}/2/decision/withdrawal"
    assert browser.all(f"form[action='{undo}']") == []
    assert browser.post(undo).status_code == 409


def test_a_stranger_sees_nothing_and_takes_nothing_back(browser, cast):
    code = approved_by_rule(cast)
    browser.sign_in(cast.officer_elsewhere)
    browser.get(RECENT)
    assert browser.says("Nothing yet")
    assert browser.post(f"/review/products/{code}/2/decision/withdrawal").status_code == 404


def test_many_come_in_pages(browser, cast, monkeypatch):
    monkeypatch.setattr(counts, "PER_PAGE", 2)
    monkeypatch.setattr(services, "_LOT", Lot(99))
    rule(cast)
    for place in range(3):
        edit(cast, f"Chè {place}")
    swept()
    browser.sign_in(cast.officer)
    browser.get(RECENT)
    assert len(browser.all("li.card")) == 2
    browser.get(browser.one("a[rel=next]").get("href"))
    assert len(browser.all("li.card")) == 1


def test_the_seller_reads_that_a_rule_did_it(browser, cast):
    code = approved_by_rule(cast)
    ten_seconds_pass()
    browser.sign_in(cast.member)
    said = {"rule": "Mùa vụ và cách dùng", "number": 1}
    sentence = (
        "Approved by the rule “%(rule)s”, not by a person: officers had approved your goods %(number)s times or more."
    )
    browser.get(f"/my/products/{code}/preview")
    assert browser.says(sentence, **said)
    for path in (f"/my/products/{code}/history", f"/my/products/{code}/history/2"):
        browser.get(path)
        assert "Mùa vụ và cách dùng" in browser.text
    browser.get(f"/my/products/{cast.product().code}/preview")
    assert "Mùa vụ và cách dùng" not in browser.text


def test_an_officer_who_comes_second_reads_who_was_first(browser, cast):
    code = approved_by_rule(cast)
    browser.sign_in(cast.officer)
    answer = browser.post(f"/review/products/{code}/2/decision", verdict="approve")
    assert answer.status_code == 409
    assert browser.says("The rule “%(name)s” approved this already.", name="Mùa vụ và cách dùng")


def test_the_history_of_decisions_names_the_rule(browser, cast):
    code = approved_by_rule(cast)
    ten_seconds_pass()
    taken_again = goods(code).approved.number
    assert taken_again == 2
    browser.sign_in(cast.officer)
    browser.get(f"/review/products/{code}/2/decision")
    assert browser.says("rule “%(name)s”", name="Mùa vụ và cách dùng")
