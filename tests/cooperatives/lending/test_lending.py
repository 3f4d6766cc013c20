"""Phones and SIM cards: noted, brought back, seen by admin and team, and a file in which no cell is a formula."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from cooperatives.lending.models import Handover
from cooperatives.teams import services as teams
from shop.core.days import today
from shop.core.db import db, writing
from tests.browser import Browser
from tests.cooperatives.helping import helped


def programme(cast, name: str = "Phụ nữ khởi nghiệp") -> str:
    with writing():
        return teams.add_programme(name, cast.admin).code


def noted(browser: Browser, cast, who: str = "helper", **changes: str) -> Handover:
    helped.team(cast)
    browser.sign_in(cast.user(who))
    fields = {"seller": cast.cooperative().code, "programme": changes.pop("programme", "") or programme(cast)}
    told = {"thing": "phone", "terms": "lent", "handed_on": today().isoformat()}
    browser.post("/lending", **fields | told | changes)
    return db.session.scalars(select(Handover)).one()


@pytest.mark.parametrize("who", ["helper", "admin"])
def test_noted_and_brought_back_once(browser: Browser, cast, who: str) -> None:
    code = noted(browser, cast, who).code
    browser.get("/lending")
    assert cast.cooperative().name in browser.text
    assert browser.post(f"/lending/{code}/return").status_code == 302
    assert db.session.scalars(select(Handover.returned_on)).one() == today()
    assert browser.post(f"/lending/{code}/return").status_code == 409


def test_a_gift_stays(browser: Browser, cast) -> None:
    code = noted(browser, cast, terms="given").code
    assert browser.post(f"/lending/{code}/return").status_code == 409
    with pytest.raises(DatabaseError), writing() as session:
        session.execute(text("UPDATE handovers SET returned_on = handed_on"))


def test_the_last_use_is_the_households(browser: Browser, cast) -> None:
    noted(browser, cast)
    browser.get("/lending")
    assert browser.says("never used")
    browser.sign_in(cast.member)
    browser.sign_in(cast.helper)
    browser.get("/lending")
    assert not browser.says("never used")


def test_the_file_has_no_formulas(browser: Browser, cast) -> None:
    noted(browser, cast, programme=programme(cast, '=HYPERLINK("x")'))
    answer = browser.get("/lending.csv")
    assert answer.mimetype == "text/csv"
    heads, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(heads) == len(row) == 8
    assert row[2] == '\'=HYPERLINK("x")'


def test_a_team_elsewhere_sees_nothing(browser: Browser, cast) -> None:
    code = noted(browser, cast, "admin").code
    with writing():
        team = teams.save(None, "Tổ khác", ["03394"], [], cast.admin)
        teams.add_member(team, cast.buyer, cast.admin)
    browser.sign_in(cast.buyer)
    browser.get("/lending")
    assert cast.cooperative().name not in browser.text
    assert browser.post(f"/lending/{code}/return").status_code == 404
    assert cast.cooperative().name.encode() not in browser.get("/lending.csv").data


def test_bad_input_gets_sentences(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    browser.post("/lending", thing="phone", terms="lent", handed_on="")
    assert browser.says("Choose who got it.")
    assert browser.says("Choose the programme.")
    fields = {"seller": cast.cooperative().code, "programme": programme(cast), "thing": "sim", "terms": "given"}
    browser.post("/lending", **fields, handed_on=(today() + timedelta(days=1)).isoformat())
    assert browser.says("This day has not come yet.")
    browser.post("/lending", **fields | {"seller": cast.cooperative("other_cooperative").code}, handed_on="1/1/2026")
    assert browser.says("Choose one from the list.")
    assert db.session.scalars(select(Handover)).all() == []


@pytest.mark.parametrize("name", ["member", "officer", "buyer"])
def test_others_may_not(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/lending").status_code == 403
    assert browser.get("/lending.csv").status_code == 403
