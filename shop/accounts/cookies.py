"""The cookies of a signed-in person: random ids and nothing else."""

from datetime import datetime

from flask import request
from werkzeug.wrappers import Response

from shop.accounts.devices.queries import KEPT_DAYS
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


def device_cookie() -> str:
    """Return the name of the cookie that knows a browser again."""
    return "__Host-device" if settings().secure_cookies else "device"


def device_token() -> str:
    """Return what the browser's device cookie holds; '' where it has none."""
    return request.cookies.get(device_cookie(), "")[:64]


def give_device(answer: Response, token: str) -> Response:
    """Let the browser be known again at the next sign-in."""
    answer.set_cookie(
        device_cookie(),
        token,
        max_age=KEPT_DAYS * 86_400,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer
