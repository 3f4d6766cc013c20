"""What every part of Stripe's API here has in common: the door, refusals in its shape, lists page by page."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, request

from shop.sandbox import stripe_moves, stripe_objects, stripe_store
from shop.sandbox.context import sandbox
from shop.sandbox.stripe_door import let_in, query
from shop.sandbox.stripe_errors import ApiError, bad
from shop.sandbox.stripe_params import Spec, checked, group, many, text, whole

EXPAND: Spec = {"expand": many(text(), 20)}
BOUNDS: Spec = {"gt": whole(), "gte": whole(), "lt": whole(), "lte": whole()}
Fits = Callable[[dict[str, Any]], Callable[[dict[str, Any]], bool]]


def _limit(value: Any, path: str) -> int:
    limit: int = whole(1)(value, path)
    if limit > 100:
        raise bad(f"This value must be less than or equal to 100 (it currently is '{limit}').", path)
    return limit


def _created(value: Any, path: str) -> Any:
    return group(BOUNDS)(value, path) if isinstance(value, dict) else whole()(value, path)


PAGED: Spec = {"limit": _limit, "starting_after": text(), "ending_before": text(), "created": _created, **EXPAND}


def part(name: str) -> Blueprint:
    """Return a part of the API behind its door."""
    bp = Blueprint(name, f"shop.sandbox.{name}", url_prefix="/v1")
    bp.before_request(let_in)
    bp.register_error_handler(ApiError, _refused)
    bp.after_request(_say_which)
    return bp


def _refused(error: ApiError) -> tuple[dict[str, Any], int, dict[str, str]]:
    return error.body, error.status, {"Stripe-Should-Retry": "true"} if error.status in {409, 429, 503} else {}


def _say_which(response: Response) -> Response:
    """Name the request and the version, as Stripe does."""
    response.headers["Request-Id"] = g.request_id
    response.headers["Stripe-Version"] = g.get("version", stripe_objects.API_VERSION)
    return response


def equal(*names: str) -> Fits:
    """Keep what has the asked values under these names."""
    return lambda asked: lambda one: all(one[name] == asked[name] for name in names if name in asked)


def listed(kind: str, spec: Spec, fits: Fits) -> dict[str, Any]:
    """Answer a list."""
    let_time_pass()
    asked = checked(spec, query())
    with sandbox().state.reading() as db:
        found = stripe_store.page(db, kind, request.path, asked, fits(asked))
        return stripe_store.shown(db, found, asked.get("expand", []))


def one(kind: str, own_id: str, param: str) -> dict[str, Any]:
    """Answer with one object."""
    let_time_pass()
    asked = checked(EXPAND, query())
    with sandbox().state.reading() as db:
        return stripe_store.shown(db, stripe_store.get(db, kind, own_id, param), asked.get("expand", []))


def let_time_pass() -> None:
    """End what has come to its end by now."""
    if stripe_moves.expire_due(sandbox().state):
        sandbox().dispatcher.wake()
