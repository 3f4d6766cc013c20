"""The door before the app: a kept page goes out at once, after one look whether anything it shows has changed."""

import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from werkzeug.http import is_entity_header, parse_etags
from werkzeug.wsgi import ClosingIterator

from shop.core import clock
from shop.core.days import end_of, today
from shop.core.kept.changes import Changes
from shop.core.kept.marks import ASKED, KEEPING, MARK, Mark
from shop.core.kept.models import EVERYTHING
from shop.core.logs import log

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LIFE = 900.0  # seconds; and never past the full hour, for a seller's hour or a new day may change what is said
AN_HOUR = 3600
FRESH = 60  # seconds others may keep a page
LARGEST = 256 * 1024  # bytes of a page that is kept
LONGEST = 500  # characters of path and query, and of what the browser says it can unpack
REMEMBERED = 2000  # changes
OWN = {"cache-control", "x-request-id", "date"}  # headers of one answer
PLAIN = {"", "lang=vi", "lang=en", "lang=hi"}  # cookies that say nothing of a person
MIB = 1024 * 1024
Key = tuple[str, ...]


class Page(NamedTuple):
    """One whole answer; times are those of clock.now() as a POSIX timestamp."""

    headers: list[tuple[str, str]]  # those of every showing
    entity: list[tuple[str, str]]  # and those that go with the body
    body: bytes
    etag: str
    ends: float
    day_ends: float
    mark: Mark


class KeptPages:
    """The kept pages of one process, at most `most` bytes of them, the longest unused go first."""

    def __init__(self, app: Flask, inner: "WSGIApplication", most: int) -> None:
        self.inner, self.most, self.bytes = inner, most, 0
        self.changes, self.lock = Changes(app), threading.Lock()
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.showing: dict[int, set[Key]] = {}  # product to pages that tell of its stock
        self.loose: set[Key] = set()  # pages that go with any change
        self.at = 0  # how many changes this process has seen
        self.seen: deque[tuple[int, int]] = deque(maxlen=REMEMBERED)  # (at, product)

    def __call__(self, wsgi: "WSGIEnvironment", start_response: "StartResponse", /) -> Iterable[bytes]:
        """Answer from the kept pages, or let the app answer and keep that."""
        key = _key(wsgi)
        if key is None:
            return self.inner(wsgi, start_response)
        page, at = self._look(key)
        if page is not None:
            return _shown(page, wsgi, start_response)
        return self.inner(wsgi, start_response) if at is None else self._ask(key, at, wsgi, start_response)

    def _look(self, key: Key) -> tuple[Page | None, int | None]:
        """Drop what has changed; return the page, and after how many changes that was (None: could not look)."""
        with self.lock:
            try:
                found = self.changes.look()
            except Exception as problem:  # no answer may depend on this: the app itself will tell what is wrong
                log.warning("kept_pages", problem=type(problem).__name__)
                self._drop_all()
                self.changes.close()
                return None, None
            if found is None:
                self._drop_all()
            else:
                for product in found:
                    self._changed(product)
            page = self.pages.get(key)
            if page is not None and page.ends <= clock.now().timestamp():
                self._drop(key)
                page = None
            if page is not None:
                self.pages.move_to_end(key)
            return page, self.at

    def _changed(self, product: int) -> None:
        if product == EVERYTHING:
            self._drop_all()
            return
        self.at += 1
        self.seen.append((self.at, product))
        for key in [*self.showing.get(product, ()), *self.loose]:
            self._drop(key)

    def _drop_all(self) -> None:
        self.at += 1
        self.seen.append((self.at, EVERYTHING))
        self.pages.clear()
        self.showing.clear()
        self.loose.clear()
        self.bytes = 0

    def _drop(self, key: Key) -> None:
        page = self.pages.pop(key, None)
        if page is None:
            return
        self.bytes -= len(page.body)
        self.loose.discard(key)
        for product in page.mark.products or ():
            keys = self.showing[product]
            keys.discard(key)
            if not keys:
                del self.showing[product]

    def _ask(self, key: Key, at: int, wsgi: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        told: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told[:] = status, headers, exc_info
            return None  # the app hands its body out whole, never by write()

        wsgi[KEEPING] = True
        answer: Any = self.inner(wsgi, note)
        status, headers, exc_info = told
        if MARK not in wsgi or not status.startswith("200 "):
            start_response(status, headers, exc_info)
            return answer
        body, own = b"".join(answer), [one for one in headers if one[0].lower() in OWN]
        page = _page(headers, body, wsgi[MARK])
        self._keep(key, at, page)
        return ClosingIterator(_sent(page, wsgi[ASKED], own, start_response), getattr(answer, "close", None))

    def _keep(self, key: Key, at: int, page: Page) -> None:
        """Keep an answer that was begun after `at` changes, unless one since then speaks of it."""
        if not page.etag or len(page.body) > LARGEST or any(name.lower() == "set-cookie" for name, _ in page.headers):
            return
        with self.lock:
            if self._stale_since(at, page.mark):
                return
            self._drop(key)
            self.pages[key] = page
            self.bytes += len(page.body)
            for product in page.mark.products or ():
                self.showing.setdefault(product, set()).add(key)
            if page.mark.products is None:
                self.loose.add(key)
            while self.bytes > self.most:
                self._drop(next(iter(self.pages)))

    def _stale_since(self, at: int, mark: Mark) -> bool:
        if at < self.at - len(self.seen):
            return True  # longer ago than is remembered
        since = [product for seen, product in self.seen if seen > at]
        return bool(since) and (mark.products is None or not mark.products.isdisjoint(since) or EVERYTHING in since)


def init_app(app: Flask, mib: int) -> None:
    """Put the door before the app, for so many MiB of pages a process; with 0 there is none."""
    if mib:
        app.wsgi_app = KeptPages(app, app.wsgi_app, mib * MIB)  # type: ignore[method-assign,assignment]


def _key(wsgi: "WSGIEnvironment") -> Key | None:
    """Return what a page is kept under, or None for requests that the app itself must answer.

    Whoever has a session, a cart or anything else of a person in a cookie gets a page drawn afresh.
    """
    path, query = wsgi.get("PATH_INFO", ""), wsgi.get("QUERY_STRING", "")
    unpacks = wsgi.get("HTTP_ACCEPT_ENCODING", "")
    if (
        wsgi["REQUEST_METHOD"] != "GET"
        or wsgi.get("HTTP_COOKIE", "") not in PLAIN
        or "HTTP_AUTHORIZATION" in wsgi
        or "HTTP_IF_MATCH" in wsgi
        or len(path) + len(query) > LONGEST
        or len(unpacks) > LONGEST
    ):
        return None
    return wsgi["wsgi.url_scheme"], path, query, unpacks


def _page(headers: list[tuple[str, str]], body: bytes, mark: Mark) -> Page:
    """Return an answer as it is kept, until a time at which the same page might say something else."""
    now = clock.now().timestamp()
    ends, day_ends = min(now + LIFE, now - now % AN_HOUR + AN_HOUR), end_of(today()).timestamp()
    etag = next((value for name, value in headers if name.lower() == "etag"), "")
    kept = [(name, value) for name, value in headers if name.lower() not in OWN]
    entity = [one for one in kept if is_entity_header(one[0])]
    return Page([one for one in kept if one not in entity], entity, body, etag, ends, day_ends, mark)


def _shown(page: Page, wsgi: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with a kept page, count it and write it down."""
    seconds, request_id = max(0, min(FRESH, int(page.day_ends - clock.now().timestamp()))), secrets.token_hex(8)
    own = [("Cache-Control", f"public, max-age={seconds}"), ("X-Request-ID", request_id)]
    body = _sent(page, wsgi.get("HTTP_IF_NONE_MATCH"), own, start_response)
    if page.mark.shown is not None:
        page.mark.shown(wsgi)
    log.info("request", method="GET", route=page.mark.route, status=200 if body else 304, kept=True, request=request_id)
    return body


def _sent(page: Page, asked: str | None, own: list[tuple[str, str]], start_response: "StartResponse") -> list[bytes]:
    if asked is not None and parse_etags(asked).contains_raw(page.etag):
        start_response("304 NOT MODIFIED", [*page.headers, *own])
        return []
    start_response("200 OK", [*page.headers, *page.entity, *own])
    return [page.body]
