"""The admin makes teams, writes programmes, adds people by phone and lets them go."""

import pytest
from sqlalchemy import select

from cooperatives.teams import queries
from cooperatives.teams.models import Programme, TeamMember
from shop.accounts.queries import communes_of_officer, staff_roles
from shop.core.db import db
from tests.browser import Browser
from tests.cooperatives.helping import helped


def test_a_team_with_its_programme_and_person(browser: Browser, cast) -> None:
    browser.sign_in(cast.admin)
    browser.post("/teams/programmes", name="Phụ nữ khởi nghiệp")
    programme = db.session.scalars(select(Programme.code)).one()
    assert (
        browser.post("/teams/new", name="Tổ Sin Suối Hồ", communes=["03394"], programmes=[programme]).status_code == 302
    )
    code = queries.teams()[0].code
    assert browser.post(f"/teams/{code}/people", phone="0912 000 106").status_code == 302
    assert set(staff_roles(cast.buyer.id)) == {"helper"}
    browser.get("/teams")
    for word in ("Tổ Sin Suối Hồ", "Phụ nữ khởi nghiệp", cast.buyer.name):
        assert word in browser.text


def test_a_team_changes(browser: Browser, cast) -> None:
    code = helped.team(cast)
    browser.sign_in(cast.admin)
    assert browser.get(f"/teams/{code}").status_code == 200
    browser.post(f"/teams/{code}", name="Tổ mới", communes=["03390", "03394"])
    team = queries.teams()[0]
    assert (team.name, [one.code for one in team.communes]) == ("Tổ mới", ["03390", "03394"])


def test_an_officer_who_joins_keeps_the_communes(browser: Browser, cast) -> None:
    code = helped.team(cast)
    browser.sign_in(cast.admin)
    browser.post(f"/teams/{code}/people", phone="0912 000 104")
    assert communes_of_officer(cast.officer.id) == ["03390", "03394"]


def test_who_is_let_go_helps_nobody(browser: Browser, app, cast) -> None:
    helper = Browser(app)
    helped.helping(helper, cast)
    member = db.session.scalars(select(TeamMember.code)).one()
    browser.sign_in(cast.admin)
    assert browser.post(f"/teams/people/{member}/departure").status_code == 302
    assert helper.get("/my/products").status_code == 403
    assert browser.post(f"/teams/people/{member}/departure").status_code == 404


def test_bad_input_gets_sentences(browser: Browser, cast) -> None:
    code = helped.team(cast)
    browser.sign_in(cast.admin)
    browser.post("/teams/new", name="Tổ công nghệ số Bình Lư", communes=["03390"])
    assert browser.says("This name is taken.")
    browser.post("/teams/new", name="")
    assert browser.says("Enter the name.")
    assert browser.says("Choose at least one commune.")
    browser.post(f"/teams/{code}/people", phone="0999 999 999")
    assert browser.says("Nobody signs in with this yet. Ask the person to sign up first, then try again.")
    browser.post(f"/teams/{code}/people", phone="0912 000 107")
    assert browser.says("This person is in the team already.")
    for _ in range(2):
        browser.post("/teams/programmes", name="Thanh niên")
    assert browser.says("This name is taken.")


@pytest.mark.parametrize("name", ["member", "officer", "helper"])
def test_others_may_not(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.user(name))
    assert browser.get("/teams").status_code == 403
