"""Stripe's API as the shop uses it: Checkout Sessions, PaymentIntents, Charges, Refunds, Events."""

import sqlite3
from collections.abc import Callable
from typing import Any

from flask import Response, request

from shop.sandbox import stripe_moves, stripe_objects, stripe_store
from shop.sandbox.context import sandbox
from shop.sandbox.state import now
from shop.sandbox.stripe_door import asked_by, once, query
from shop.sandbox.stripe_errors import ApiError, bad, missing
from shop.sandbox.stripe_params import Spec, checked, choice, flag, many, metadata, text, whole
from shop.sandbox.stripe_sessions import read_session
from shop.sandbox.stripe_views import EXPAND, PAGED, equal, let_time_pass, listed, one, part

bp = part("stripe_api")
REFUND: Spec = {
    "amount": whole(1), "charge": text(), "payment_intent": text(), "metadata": metadata,
    "reason": choice("duplicate", "fraudulent", "requested_by_customer"), **EXPAND,
}  # fmt: skip


@bp.post("/checkout/sessions")
def create_session() -> Response:
    def read(given: dict[str, Any]) -> dict[str, Any]:
        with sandbox().state.reading() as db:
            return read_session(given, now(db), sandbox().settings)

    def work(db: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
        session = stripe_objects.session(asked, now(db), request.url_root)
        stripe_store.add(db, session)
        return stripe_store.shown(db, session, asked.get("expand", []))

    return once(read, work)


@bp.get("/checkout/sessions")
def list_sessions() -> dict[str, Any]:
    spec = PAGED | {"payment_intent": text(), "status": choice("complete", "expired", "open")}
    return listed("checkout.session", spec, equal("payment_intent", "status"))


@bp.get("/checkout/sessions/<own_id>")
def one_session(own_id: str) -> dict[str, Any]:
    return one("checkout.session", own_id, "session")


@bp.get("/checkout/sessions/<own_id>/line_items")
def session_lines(own_id: str) -> dict[str, Any]:
    checked(PAGED, query())
    with sandbox().state.reading() as db:
        return stripe_store.line_items(stripe_store.get(db, "checkout.session", own_id, "session"))


@bp.post("/checkout/sessions/<own_id>/expire")
def expire_session(own_id: str) -> Response:
    def work(db: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
        session = stripe_store.get(db, "checkout.session", own_id, "session")
        return stripe_store.shown(db, stripe_moves.expire(db, session, asked_by()), asked.get("expand", []))

    let_time_pass()
    return once(lambda given: checked(EXPAND, given), work)


@bp.get("/payment_intents/<own_id>")
def one_intent(own_id: str) -> dict[str, Any]:
    return one("payment_intent", own_id, "intent")


@bp.get("/charges/<own_id>")
def one_charge(own_id: str) -> dict[str, Any]:
    return one("charge", own_id, "charge")


@bp.post("/refunds")
def create_refund() -> Response:
    def read(given: dict[str, Any]) -> dict[str, Any]:
        asked = checked(REFUND, given)
        if "charge" not in asked and "payment_intent" not in asked:
            raise missing("payment_intent")
        return asked

    def work(db: sqlite3.Connection, asked: dict[str, Any]) -> dict[str, Any]:
        return stripe_store.shown(db, stripe_moves.refund(db, asked, asked_by()), asked.get("expand", []))

    return once(read, work)


@bp.get("/refunds")
def list_refunds() -> dict[str, Any]:
    spec = PAGED | {"payment_intent": text(), "charge": text()}
    return listed("refund", spec, equal("payment_intent", "charge"))


@bp.get("/refunds/<own_id>")
def one_refund(own_id: str) -> dict[str, Any]:
    return one("refund", own_id, "id")


@bp.get("/events")
def list_events() -> dict[str, Any]:
    spec = PAGED | {"type": text(), "types": many(text(), 20), "delivery_success": flag}
    with sandbox().state.reading() as db:
        rows = db.execute("SELECT event_id FROM deliveries GROUP BY event_id HAVING max(state = 'delivered') = 0")
        undelivered = {row["event_id"] for row in rows}

    def fits(asked: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
        wanted = [*asked.get("types", []), *([asked["type"]] if "type" in asked else [])]
        if "type" in asked and "types" in asked:
            raise bad("You may only specify one of these parameters: type, types.", "", "parameters_exclusive")
        reached = asked.get("delivery_success")
        return lambda event: (
            (not wanted or any(_named(event["type"], name) for name in wanted))
            and (reached is None or reached != (event["id"] in undelivered))
        )

    return listed("event", spec, fits)


@bp.get("/events/<own_id>")
def one_event(own_id: str) -> dict[str, Any]:
    return one("event", own_id, "id")


@bp.route("/<path:rest>", methods=["GET", "POST", "DELETE", "PUT", "PATCH"])
def unknown(rest: str) -> None:
    raise ApiError(404, f"Unrecognized request URL ({request.method}: {request.path}).")


def _named(kind: str, asked: str) -> bool:
    return kind.startswith(asked[:-1]) if asked.endswith("*") else kind == asked
