"""A small HTTP client with a cookie jar, light enough to run two hundred of them side by side."""

import http.client
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

PATIENCE = 60.0  # seconds a single answer may take before the test gives up


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took in seconds."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def words(self) -> str:
        """The words of the page, single-spaced."""
        return " ".join(html.document_fromstring(self.text).text_content().split())

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path."""
        parts = urlsplit(self.headers.get("Location", ""))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def value(self, name: str) -> str:
        """The value of the page's one field of this name."""
        found = html.document_fromstring(self.text).cssselect(f'[name="{name}"]')
        assert found, f"no field {name} in: {self.words[:400]}"
        return str(found[0].get("value"))


@dataclass
class Visitor:
    """Keeps cookies, sends Origin as our own pages do; follows no redirect by itself."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""  # the form token of a signed-in person

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, **fields: object) -> Answer:
        """Send a form; a list is one field several times."""
        return self._ask("POST", path, self._form(fields), self._form_headers())

    def press_and_go(self, path: str, **fields: object) -> None:
        """Send a form and close the line before anything came back."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            connection.request("POST", path, self._form(fields), self._form_headers() | self._kept())
        finally:
            connection.close()

    def _form(self, fields: dict[str, object]) -> bytes:
        given = {"csrf_token": self.token} if self.token else {}
        return urlencode(given | fields, doseq=True).encode()

    def _form_headers(self) -> dict[str, str]:
        return {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}

    def _kept(self) -> dict[str, str]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": kept} if kept else {}

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        began = time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            sent = headers | self._kept()
            connection.request(
                method, urlsplit(urljoin(self.url, path))._replace(scheme="", netloc="").geturl(), body, sent
            )
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read(), time.perf_counter() - began)
        finally:
            connection.close()
        self._keep(answer)
        return answer

    def _keep(self, answer: Answer) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def visitor_of(url: str, cookie: str, signed_in: tuple[str, str]) -> Visitor:
    """A visitor who is signed in: the session cookie's name, then (token, form token)."""
    return Visitor(url, {cookie: signed_in[0]}, signed_in[1])
