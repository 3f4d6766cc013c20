"""Zalo's keys: an access token lives 25 hours, a refresh token is good for one use, each renewal gives both anew."""

import secrets
from typing import Any

from flask import Blueprint, request

from shop.sandbox.context import sandbox
from shop.sandbox.state import fact, now, remember

bp = Blueprint("zalo_keys", __name__)
LIFE = 90_000  # seconds: 25 hours
USED = -14020  # a refresh token that was used before, or is none


@bp.post("/v4/oa/access_token")
def renew() -> dict[str, Any]:
    """Give a new pair for a refresh token: a form, and the header secret_key. The answer is 200 whatever it says."""
    form, known = request.form, sandbox().settings
    ours = (known.zalo_app_id, known.zalo_app_secret, "refresh_token")
    if (form.get("app_id"), request.environ.get("zalo.secret_key"), form.get("grant_type")) != ours:
        return {"error_name": "Invalid app", "error_description": "app_id, secret_key or grant_type"}
    access, refresh = secrets.token_urlsafe(48), secrets.token_urlsafe(48)
    with sandbox().state.writing() as db:
        if form.get("refresh_token") != fact(db, "zalo_refresh", known.zalo_refresh_token):
            return {"error": USED, "error_name": "Invalid refresh token", "error_description": "used or unknown"}
        remember(db, "zalo_refresh", refresh)
        remember(db, "zalo_access", access)
        remember(db, "zalo_access_ends", str(now(db) + LIFE))
    return {"access_token": access, "refresh_token": refresh, "expires_in": str(LIFE)}


def counts(access: str) -> bool:
    """Say whether an access token counts now: the newest until its end; before any renewal, that of the settings."""
    with sandbox().state.reading() as db:
        newest = fact(db, "zalo_access", sandbox().settings.zalo_access_token)
        ends = int(fact(db, "zalo_access_ends", "0"))
        return access == newest and (not ends or now(db) < ends)
