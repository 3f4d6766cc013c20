"""A client that behaves like a browser and looks at every page it fetches."""

from collections import Counter
from contextvars import Context
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from shop.accounts import sessions
from shop.accounts.models import User, UserSession
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db, writing
from shop.core.i18n import gettext, use_language


def signed_in(person: User, life: sessions.Life = sessions.PRODUCER, *, factor: bool = True) -> str:
    """Begin a session inside writing(), with the second factor proved; returns the cookie's value."""
    token = sessions.start(person, life, shared_device=False, agent="test", address="")
    if factor:
        row = db.session.query(UserSession).filter_by(token_digest=token_digest(token)).one()
        row.second_factor_at = clock.now()
    return token


VOID_OF_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Client(FlaskClient):
    """Each request in a context of its own, as a server does it: nothing of the test's `g` or session leaks in."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():  # not while following a redirect
            db.session.remove()  # a savepoint left open here would swallow what the request commits
        return Context().run(super().open, *args, **kwargs)


class Browser:
    """Keeps cookies, sends Origin and the form token, follows redirects when asked, checks pages."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.response: TestResponse
        self.document: Any = None

    @property
    def origin(self) -> str:
        return str(self.app.extensions["settings"].origin)

    @property
    def host(self) -> str:
        return str(urlsplit(self.origin).hostname)

    @property
    def session_cookie(self) -> str:
        return str(self.app.extensions["settings"].session_cookie)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie the site has set, or None."""
        found = self.client.get_cookie(name, domain=self.host)
        return found.value if found else None

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value, domain=self.host)

    def sign_in(self, person: User, life: sessions.Life = sessions.PRODUCER, *, factor: bool = True) -> None:
        """Sign `person` in without the sign-in page, with the second factor proved unless told otherwise."""
        key = person.id
        with writing():
            token = signed_in(db.session.get_one(User, key), life, factor=factor)
        self.set_cookie(self.session_cookie, token)

    def sign_out(self) -> None:
        self.client.delete_cookie(self.session_cookie, domain=self.host)

    def get(self, path: str, *, follow: bool = False, **kwargs: Any) -> TestResponse:
        db.session.remove()  # a savepoint left open here would swallow what the request commits
        return self._seen(self.client.get(path, base_url=self.origin, follow_redirects=follow, **kwargs))

    def post(
        self, path: str, *, follow: bool = False, token: bool = True, files: Any = None, **fields: Any
    ) -> TestResponse:
        """Send a form to `path` as our own page would; `files={"photo": (BytesIO, "a.jpg")}`."""
        data = {key: value for key, value in fields.items() if value is not None} | (files or {})
        if token and self.form_token():
            data.setdefault("csrf_token", self.form_token())
        sent = {"base_url": self.origin, "data": data, "headers": {"Origin": self.origin}, "follow_redirects": follow}
        return self._seen(self.client.post(path, **sent))

    def form_token(self) -> str:
        cookie = self.cookie(self.session_cookie)
        row = sessions.live(cookie) if cookie else None
        return row.form_token if row else ""

    def says(self, msgid: str, lang: str = "vi", **params: Any) -> bool:
        """Is this sentence, in the language of the page, among the words of the page?"""
        with use_language(lang):
            sentence = gettext(msgid, **params)
        return _squeezed(sentence) in self.text

    @property
    def text(self) -> str:
        return _squeezed(self.document.text_content()) if self.document is not None else ""

    def all(self, selector: str) -> list[Any]:
        return list(self.document.cssselect(selector)) if self.document is not None else []

    def one(self, selector: str) -> Any:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements match {selector}"
        return found[0]

    def _seen(self, response: TestResponse) -> TestResponse:
        self.response = response
        db.session.remove()
        self.document = None
        if response.mimetype == "text/html" and response.data:
            self.document = html.document_fromstring(response.get_data(as_text=True))
            if response.status_code != 302:
                check_page(self.document)
        return response


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def check_page(page: Any) -> None:
    """Hold what every page owes its reader."""
    titles = page.cssselect("title")
    assert len(titles) == 1 and titles[0].text_content().strip(), "a page has one title"
    assert len(page.cssselect("h1")) == 1, "a page has one h1"
    assert page.get("lang"), "a page says its language"
    twice = [name for name, times in Counter(page.xpath("//@id")).items() if times > 1]
    assert not twice, f"ids are unique: {twice}"
    assert not page.xpath("//*[@style]") and not page.cssselect("style"), "no inline style"
    assert not page.xpath("//script[not(@src) and not(@type='application/ld+json') and not(@type='application/json')]")
    assert not page.xpath("//@*[starts-with(name(), 'on')]"), "no inline handlers"
    for image in page.cssselect("img"):
        assert image.get("alt") is not None, "a picture has an alt text"
    labelled = set(page.xpath("//label/@for"))
    for field in page.cssselect("input, select, textarea"):
        if field.get("type") in VOID_OF_LABEL:
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.xpath("ancestor::label"), f"a field has a label: {field.get('name')}"
