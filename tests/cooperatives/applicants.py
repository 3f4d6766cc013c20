"""Somebody who wants to sell, led through the pages of joining as far as a test needs."""

from cooperatives.models import Cooperative
from shop.core.db import db
from tests.browser import Browser

NAME = "Hộ Chẻo A Sán"
NUMBER = "012085001234"
TICKED = ["known_origin", "shown_to_buyers"]
BINH_LU = "03390"


def begun(browser: Browser, person, kind: str = "household", name: str = NAME) -> str:
    """Who and where are told: there is a draft; returns its code."""
    browser.sign_in(person)
    assert browser.post("/cooperatives/new/who", kind=kind, name=name).status_code == 302
    answer = browser.post("/cooperatives/new/place", commune_code=BINH_LU, hamlet="Bản Hon")
    assert answer.status_code == 302
    return answer.headers["Location"].split("/")[2]


def told(browser: Browser, person) -> str:
    """The household's number is told too; nothing keeps it from being sent."""
    code = begun(browser, person)
    who = {"name": NAME, "citizen_number": NUMBER, "contact_name": "Chẻo A Sán", "contact_phone": "0912 000 106"}
    assert browser.post(f"/cooperatives/{code}/joining/who", **who).status_code == 302
    return code


def sent(browser: Browser, person) -> str:
    """The application lies with the officer."""
    code = told(browser, person)
    assert browser.post(f"/cooperatives/{code}/submission", ticked=TICKED).status_code == 302
    return code


def the(code: str) -> Cooperative:
    """The seller with this code, read afresh."""
    return db.session.query(Cooperative).filter_by(code=code).one()
