"""A citizen number is typed, checked, sealed; then nobody reads it anywhere."""

import logging

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from cooperatives.identity import queries, services
from cooperatives.identity.models import CitizenNumber
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind
from shop.core.db import db, writing
from shop.core.errors import NotAllowed

NUMBER, ANOTHER = "012190000018", "012085001234"


def household(cast, name="other_cooperative"):
    return db.session.get_one(Cooperative, cast.ids[name])


def kept_by(cast, name, number=NUMBER, actor="member"):
    with writing():
        services.keep(household(cast, name), number, cast.user(actor))


def everything_stored():
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            yield f"{table.name}: {tuple(row)}"


WHO = {"name": "Nhà Tẩn", "contact_name": "Tẩn Lở Mẩy", "contact_phone": "0912 000 103"}


@pytest.fixture
def page(browser, cast):
    """The page on which the stranger tells who the household is."""
    browser.sign_in(cast.stranger)
    return f"/cooperatives/{household(cast).code}/joining/who"


def test_kept_as_a_seal_and_three_digits(browser, cast, page, caplog):
    with caplog.at_level(logging.DEBUG):
        assert browser.post(page, **WHO, citizen_number="012 190 000 018").status_code == 302
    kept = queries.of_seller(household(cast))
    assert (len(kept.digest), kept.ending) == (64, "018")
    assert not [row for row in everything_stored() if NUMBER in row]
    assert NUMBER not in caplog.text
    browser.get(page)
    assert NUMBER not in browser.response.get_data(as_text=True)
    assert browser.says("Now: ends in %(digits)s.", digits="018")
    assert browser.post(page, **WHO).status_code == 302, "left empty it stays"
    assert queries.of_seller(household(cast)).ending == "018"


def test_a_tax_code_that_is_a_persons_is_understood(browser, cast, page):
    with writing():
        household(cast).kind = Kind.GROUP
    assert browser.post(page, **WHO, tax_code=NUMBER).status_code == 302
    assert queries.of_seller(household(cast)).ending == "018"
    assert household(cast).tax_code is None


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("household", {"citizen_number": "012190"}, "A citizen number has 12 digits. Look at the card and count."),
        (
            "household",
            {"citizen_number": "003190000018"},
            "The first three digits do not fit. Look at the card once more.",
        ),
        (
            "household",
            {"registration_number": NUMBER},
            "That is a citizen number. Write it into its own field, there it stays secret.",
        ),
        ("group", {"tax_code": "0100112438"}, "One digit of the tax code does not fit. Look at the paper once more."),
        (
            "group",
            {"citizen_number": NUMBER, "tax_code": ANOTHER},
            "This is another citizen number than the one above. Which one is right?",
        ),
        ("cooperative", {"tax_code": NUMBER}, "A cooperative's tax code has 10 or 13 digits."),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(browser, cast, page, kind, fields, sentence):
    with writing():
        household(cast).kind = Kind(kind)
    assert browser.post(page, **WHO, **fields).status_code == 200
    assert browser.says(sentence)
    assert queries.of_seller(household(cast)) is None


def test_another_number_replaces_the_first(cast):
    kept_by(cast, "cooperative")
    kept_by(cast, "cooperative", ANOTHER)
    assert [row.ending for row in db.session.scalars(select(CitizenNumber))] == ["234"]


def test_only_a_manager_tells_it(cast):
    with pytest.raises(NotAllowed), writing():
        services.keep(cast.cooperative(), NUMBER, cast.second_member)


def test_the_officer_sees_the_same_number_of_two_sellers_and_they_do_not(browser, cast):
    kept_by(cast, "cooperative")
    kept_by(cast, "other_cooperative", actor="stranger")
    with writing():
        cast.cooperative().state = CooperativeState.SUBMITTED
    code = cast.cooperative().code
    browser.sign_in(cast.officer)
    browser.get(f"/review/cooperatives/{code}/decision")
    assert browser.says("The same number as another seller")
    assert "Hộ Tẩn Lở Mẩy" in browser.text
    browser.sign_in(cast.member)
    for page in ("", "/joining", "/joining/who"):
        browser.get(f"/cooperatives/{code}{page}")
        assert "Hộ Tẩn Lở Mẩy" not in browser.text


def test_the_same_number_is_found_after_the_secret_has_changed(app, cast, monkeypatch):
    kept_by(cast, "cooperative")
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another " * 8)
    kept_by(cast, "other_cooperative", actor="stranger")
    assert [one.id for one in queries.same_elsewhere(cast.cooperative())] == [cast.ids["other_cooperative"]]


@pytest.mark.parametrize("column", ["tax_code", "registration_number"])
def test_the_database_takes_no_citizen_number_where_buyers_read(cast, column):
    told = update(Cooperative).where(Cooperative.id == cast.ids["other_cooperative"]).values({column: NUMBER})
    with pytest.raises(IntegrityError), writing():
        db.session.execute(told)
