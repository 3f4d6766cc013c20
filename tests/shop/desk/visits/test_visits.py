"""Field visits: written by team or officer, read by the household too; a place only to a kilometre."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from cooperatives.visits.models import FieldVisit
from products.issues.models import RevisionIssue, Source
from products.lifecycle import RevisionState
from products.models import ProductRevision
from shop.accounts.models import Role, UserSession
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.desk.visits.queries import who_needs_one
from tests import photos
from tests.browser import Browser
from tests.cooperatives.helping import helped

DONE = "Chụp lại ảnh nhãn, gửi duyệt chè."


def written(browser: Browser, cast, **changes: Any) -> FieldVisit:
    helped.team(cast)
    browser.sign_in(cast.helper)
    fields = {"visited_on": today().isoformat(), "place": "Bình Lư, bản Hoa Vân", "done": DONE, "needed": "Túi zip"}
    browser.post(f"/visits/sellers/{cast.cooperative().code}", **fields | changes)
    return db.session.scalars(select(FieldVisit)).one()


def test_written_with_a_photo_that_tells_nothing_of_its_place(browser: Browser, cast) -> None:
    picture = photos.saved(photos.scene(800, 600), "JPEG")
    visit = written(browser, cast, files={"photos": (BytesIO(picture), "a.jpg")})
    assert (visit.done, visit.north, len(visit.photos)) == (DONE, None, 1)
    code = visit.code
    answer = browser.get(f"/visits/{code}/photos/0.jpg")
    assert answer.mimetype == "image/jpeg"
    assert b"Exif" not in answer.data
    assert browser.get(f"/visits/{code}/photos/1.jpg").status_code == 404


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("22.38649,103.61021", (2239, 10361)), ("", (None, None)), ("x,1", (None, None)), ("91,0", (None, None))],
)
def test_a_position_is_kept_to_a_kilometre(browser: Browser, cast, sent: str, kept: tuple[int | None, ...]) -> None:
    visit = written(browser, cast, position=sent)
    assert (visit.north, visit.east) == kept


@pytest.mark.parametrize("name", ["member", "second_member", "helper", "officer"])
def test_the_household_the_team_and_the_officer_read_it(browser: Browser, cast, name: str) -> None:
    code = written(browser, cast).code
    browser.sign_in(cast.user(name))
    browser.get("/visits")
    assert cast.helper.name in browser.text
    browser.get(f"/visits/{code}")
    assert DONE in browser.text


@pytest.mark.parametrize("name", ["stranger", "officer_elsewhere", "buyer", "admin"])
def test_nobody_else_does(browser: Browser, cast, name: str) -> None:
    code = written(browser, cast).code
    browser.sign_in(cast.user(name))
    assert browser.get(f"/visits/{code}").status_code == 404
    assert browser.get(f"/visits/{code}/photos/0.jpg").status_code == 404
    browser.get("/visits")
    assert DONE not in browser.text


def test_only_near_sellers_and_days_that_came(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    assert browser.get(f"/visits/sellers/{cast.cooperative('other_cooperative').code}").status_code == 404
    page = f"/visits/sellers/{cast.cooperative().code}"
    browser.post(page, visited_on=(today() + timedelta(days=1)).isoformat(), place="x", done="y")
    assert browser.says("This day has not come yet.")
    browser.post(page, visited_on=today().isoformat(), place="", done="")
    assert browser.says("Say where it was.")
    assert browser.says("Say what was done.")
    browser.sign_in(cast.member)
    assert browser.get(page).status_code == 403


def test_only_this_page_may_ask_where_the_phone_is(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.helper)
    answer = browser.get(f"/visits/sellers/{cast.cooperative().code}")
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "geolocation=()" in browser.get("/visits").headers["Permissions-Policy"]


def test_who_needs_a_visit(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.member)
    assert who_needs_one(cast.helper, {Role.HELPER}) == []
    with writing():
        revision = db.session.scalars(
            select(ProductRevision).where(ProductRevision.product_id == cast.ids["tea"])
        ).one()
        revision.state = RevisionState.RETURNED
        for days in (13, 15):
            values = {"revision_id": revision.id, "source": Source.OFFICER, "field": "name", "rule": "other"}
            db.session.add(RevisionIssue(**values, opened_at=clock.after(days=-days)))
    (need,) = who_needs_one(cast.helper, {Role.HELPER})
    assert (need.seller.id, need.issues, need.away, need.visited) == (cast.ids["cooperative"], 1, False, None)
    with writing():
        for row in db.session.scalars(select(UserSession)):
            row.seen_at = clock.after(days=-31)
    (need,) = who_needs_one(cast.officer, {Role.OFFICER})[:1]
    assert (need.issues, need.away) == (1, True)
