"""Answers that are the same for everybody: kept until they change, stored elsewhere for a minute, without cookies."""

from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from shop.core import page
from shop.core.days import seconds_left
from shop.core.kept import marks

SECONDS = 60


def public_page(template: str, *, kept: bool = True, **values: Any) -> Response:
    """Draw a page of the public; who has it already gets 304. One that few ask for is not `kept` here."""
    return shared(make_response(render_template(template, **values)), kept=kept)


def shared(answer: Response, *, kept: bool = True) -> Response:
    """Let an answer be kept here until it changes, stored elsewhere for a minute, and asked for again by its ETag."""
    if kept:
        marks.keep(answer)
    seconds = seconds_left(SECONDS)  # what counts until today is gone tomorrow
    page.cacheable(seconds)
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def not_on_sale(template: str, status: int, **values: Any) -> Response:
    """Draw a page that says what is not here (404, 410), for everybody alike, and stored by nobody."""
    return make_response(render_template(template, **values), status)
