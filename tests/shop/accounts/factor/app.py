"""A person with a code app, and a browser that stands before the question."""

from shop.accounts import sessions
from shop.accounts.factor import codes, services
from shop.accounts.models import User, UserSession
from shop.accounts.passwords import hashed
from shop.core.codes import token_digest
from shop.core.db import db, writing
from tests.browser import Browser

PAPER = [f"{place}ABCDEFGHJK" for place in codes.PLACES]


def enrolled(person: User, paper: list[str] | None = None) -> str:
    """Set up a code app without pages; returns its secret. The present code is used up by it."""
    key, hashes = person.id, [hashed(code) for code in paper or []]
    with writing():
        secret = services.begin(db.session.get_one(User, key))
        assert services.confirm(db.session.get_one(User, key), codes.present_code(secret), hashes)
    return secret


def asked(browser: Browser, person: User) -> None:
    """Sign `person` in as the sign-in page does, the code still owed."""
    browser.sign_in(person, sessions.STAFF, factor=False)
    with writing():
        token = token_digest(str(browser.cookie("session")))
        db.session.query(UserSession).filter_by(token_digest=token).one().asks_factor = True


def key_on_page(browser: Browser) -> str:
    """The key that the page of the square also spells out."""
    return str(browser.one("[data-part=key]").text_content()).replace(" ", "")
