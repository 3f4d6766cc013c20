"""Counting a search that found nothing, once its page is on the way."""

from flask import Flask, current_app
from werkzeug.wrappers import Response

from products.counts.visits import by_a_person
from products.search import tasks
from shop.core.db import db
from shop.core.logs import log


def counted(answer: Response, text: str) -> Response:
    """Count that a person found nothing by this text; returns the answer, unchanged to the byte.

    A page that is kept and shown again counts once: the sums are at least so many.
    """
    if by_a_person():
        app: Flask = current_app._get_current_object()
        answer.call_on_close(lambda: _count(app, text))
    return answer


def _count(app: Flask, text: str) -> None:
    with app.app_context():
        try:
            tasks.keep_miss(text)
        except Exception as problem:  # the page has gone out well; a count is no reason for a traceback
            log.warning("search_misses", problem=type(problem).__name__)
        finally:
            db.session.remove()
