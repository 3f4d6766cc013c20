"""The session cookie: a random id and nothing else."""

from datetime import datetime

from werkzeug.wrappers import Response

from shop.core import clock
from shop.core.present import settings


def give_session(answer: Response, token: str, expires_at: datetime, *, shared: bool) -> Response:
    """Set the cookie of a session; on a borrowed phone it goes when the browser closes."""
    left = int((expires_at - clock.now()).total_seconds())
    answer.set_cookie(
        settings().session_cookie,
        token,
        max_age=None if shared else left,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer
