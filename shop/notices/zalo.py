"""Zalo: messages in the form of templates that were registered there; docs/recipes/zalo.md says how."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from shop.config import Settings
from shop.core.db import forbid_in_writing
from shop.notices.failures import NotSent, Refused

SECONDS = 15
LONGEST = 30  # characters of one filled place; Zalo cuts or refuses longer ones
# https://zalo.cloud/zns/guidelines/handle-error-code: what another try may mend. All else is refused for good.
LATER = {-100, -115, -124, -126, -133, -137, -144, -147, -216}


@cache
def templates() -> dict[str, dict[str, Any]]:
    """Return what is registered at Zalo, by kind of notice: the words, and the names of the places in them."""
    path = Path(__file__).parent / "data" / "zalo_templates.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def template_of(settings: Settings, kind: str) -> str | None:
    """Return Zalo's number of a kind's template (ZALO_TEMPLATES, "kind:number …"); None without key or number."""
    pairs = (pair.partition(":") for pair in settings.zalo_templates.split())
    numbers = {name: number for name, _colon, number in pairs if number}
    return numbers.get(kind) if settings.zalo_speaks and kind in templates() else None


def filled(kind: str, params: dict[str, Any], code: str) -> dict[str, str]:
    """Return what stands in the places of a kind's template; `notice` is the end of the button's address."""
    values = params | {"notice": code}
    return {name: str(values[name])[:LONGEST] for name in templates()[kind]["places"]}


class Zalo:
    """Zalo's own service (ZNS): JSON in, `error` 0 when taken."""

    def __init__(self, url: str, access_token: str) -> None:
        self.url, self.access_token = url, access_token

    def send(self, recipient: str, template: str, filled: dict[str, str], tracking_id: str) -> None:
        """Send one message to an E.164 number; raises NotSent, or Refused for what no other try will mend."""
        forbid_in_writing("HTTP")
        message = {
            "phone": recipient.removeprefix("+"),
            "template_id": template,
            "template_data": filled,
            "tracking_id": tracking_id[:48],
        }
        try:
            answer = httpx.post(self.url, json=message, headers={"access_token": self.access_token}, timeout=SECONDS)
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                raise NotSent("Zalo -216")  # the same as -216 in the body: the access token counts no more
            answer.raise_for_status()
            error = int(answer.json()["error"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as problem:
            raise NotSent(type(problem).__name__) from problem
        if error:
            raise (NotSent if error in LATER else Refused)(f"Zalo {error}")
