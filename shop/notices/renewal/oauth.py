"""Zalo's door for renewing a key."""

from typing import NamedTuple

import httpx

from shop.config import Settings
from shop.core.db import forbid_in_writing
from shop.notices.failures import NotSent, Refused

SECONDS = 15
USED = -14020  # a refresh token that was used before, or has ended: no other try will mend it


class Pair(NamedTuple):
    """What one renewal gives."""

    access: str
    refresh: str
    seconds: int  # the access token lives so long; about 25 hours


def renewed(settings: Settings, refresh: str) -> Pair:
    """Give up a refresh token for a new pair; raises NotSent, or Refused where the token counts no more.

    POST /v4/oa/access_token: a form with refresh_token, app_id and grant_type, the app's secret in the header
    `secret_key`; an access token lives 25 hours, a refresh token 3 months and is good for one use
    (https://www.hexasync.vn/zalo-oa-api-huong-dan-cach-lay-access-token-tu-refresh-token/).
    A refusal is answered 200 as well, with `error` or `error_name` in it: -14020 for a token that was used before
    (developers.zalo.me/community/detail/d546eda3d1e638b861f7).
    """
    forbid_in_writing("HTTP")
    form = {"refresh_token": refresh, "app_id": settings.zalo_app_id, "grant_type": "refresh_token"}
    head = {"secret_key": settings.zalo_app_secret}
    try:
        answer = httpx.post(settings.zalo_oauth_url, data=form, headers=head, timeout=SECONDS)
        if answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NotSent(f"Zalo {answer.status_code}")
        told = answer.json()
        if "access_token" in told:
            return Pair(str(told["access_token"]), str(told["refresh_token"]), int(told["expires_in"]))
        error = told.get("error") or told["error_name"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NotSent(type(problem).__name__) from problem
    raise (Refused if error == USED else NotSent)(f"Zalo {error}")
