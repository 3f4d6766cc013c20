"""One overwritten value, put back into the draft."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.edits.models import RevisionEdit
from products.photos import services as photos
from shop.core.db import db, writing
from tests.cast import make_photo
from tests.products.drafts.test_door import put
from tests.products.history.lives import draft, save, send


@pytest.fixture
def member(browser, cast):
    browser.sign_in(cast.member)
    return browser


def buttons(browser, cast):
    """The forms for putting back, as {(field, value): what a press sends}; the newest of a kind."""
    browser.get(f"/my/products/{cast.product().code}/history")
    forms = [dict(form.fields) for form in browser.all("main form[action$='reinstatement']")]
    return {(one["field"], one["value"]): one for one in reversed(forms)}


def press(browser, cast, fields):
    fields = {name: fields[name] for name in ("edit", "field", "value")}
    return browser.post(f"/my/products/{cast.product().code}/history/reinstatement", **fields)


def test_the_words_that_lost_are_read_and_put_back(member, cast):
    key = f"p-{cast.product().code}"
    put(member, key, page="one", story=("Chuyện của máy một", 5))
    put(member, key, page="two", story=("Chuyện của máy hai", 6))
    put(member, key, page="one", story=("Chuyện đến muộn", 3))
    found = buttons(member, cast)
    for words in ("Chuyện của máy một", "Chuyện của máy hai", "Chuyện đến muộn"):
        assert words in member.text
    assert set(found) == {("story", "old"), ("story", "new"), ("story", "late")}, "not what stands, not nothing"
    press(member, cast, found["story", "late"])
    assert draft(cast).text("vi").story == "Chuyện đến muộn"
    press(member, cast, buttons(member, cast)["story", "old"])
    assert draft(cast).text("vi").story != "Chuyện đến muộn"


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("season", [3, 4], []),
        ("allergens", ["egg"], ["milk"]),
        ("price", "130k", "140k"),
        ("price", "1.250", "140k"),
        ("origin", "03394", ""),
        ("net_weight", "1,5 kg", "20 g"),
        ("alcohol", "12,5", "3"),
        ("category", "honey", "tea"),
        ("ship_class", "fragile", ""),
        ("name_hi", "चाय", ""),
        ("more1_price", "90k", "80k"),
    ],
)
def test_every_kind_of_field_comes_back_as_it_was(member, cast, field, first, second):
    from products.written import written

    save(cast, **{field: first})
    before = written(draft(cast)).get(field)
    save(cast, "second_member", **{field: second})
    assert written(draft(cast)).get(field) != before
    assert press(member, cast, buttons(member, cast)[field, "old"]).status_code == 302
    assert written(draft(cast)).get(field) == before


def test_photos_come_back_in_their_order(member, cast):
    with writing():
        for digest in ("cd" * 32, "ef" * 32):
            make_photo(cast.cooperative(), cast.member, digest)
            photos.add(cast.product(), digest, cast.second_member)
        photos.remove(cast.product(), "cd" * 32, cast.member)
    whole = [f"{cast.ids['tea']:064x}", "cd" * 32, "ef" * 32]
    assert [photo.digest for photo in draft(cast).photos] == [whole[0], whole[2]]
    press(member, cast, buttons(member, cast)["photos", "old"])
    assert [photo.digest for photo in draft(cast).photos] == whole


def test_no_button_while_an_officer_reads_and_none_for_the_pack_of_what_is_sold(member, cast):
    save(cast, name="Chè hai")
    send(cast)
    assert buttons(member, cast) == {}


def test_not_while_an_officer_reads(member, cast):
    save(cast, name="Chè hai")
    found = buttons(member, cast)
    send(cast)
    press(member, cast, found["name", "old"])
    assert queries.open_revision(cast.product()).name == "Chè hai"


def test_what_is_not_kept_changes_nothing(member, cast):
    save(cast, name="Chè hai")
    good = buttons(member, cast)["name", "old"]
    for wrong in ({"edit": "AAAAAAAA"}, {"field": "story"}, {"field": "x"}, {"value": "late"}, {"value": "x"}):
        assert press(member, cast, good | wrong).status_code == 302
        assert draft(cast).name == "Chè hai"
        member.get(f"/my/products/{cast.product().code}/history")
        assert member.says("This is not kept any more.")


def test_not_from_another_sellers_goods_and_not_by_others(browser, cast):
    save(cast, name="Chè hai")
    code = db.session.scalars(select(RevisionEdit.code)).one()
    fields = {"edit": code, "field": "name", "value": "old"}
    assert press(browser, cast, fields).status_code == 401
    other = type(browser)(browser.app)
    other.sign_in(cast.stranger)
    assert press(other, cast, fields).status_code == 404
    honey = f"/my/products/{cast.product('honey').code}/history/reinstatement"
    other.post(honey, **fields)
    assert queries.open_revision(cast.product("honey")) is None
    with writing():
        services.withdraw(cast.product(), cast.member)
    browser.sign_in(cast.member)
    press(browser, cast, fields)
    assert queries.open_revision(cast.product()).name == "Chè hai"
