"""Cards by Stripe Checkout: the buyer pays on Stripe's page, we ask Stripe what happened."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from shop.core.codes import shown
from shop.core.db import forbid_in_writing
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders import paying
from shop.orders.models import Method
from shop.payments.methods.base import Bill, Facts, Given, Item, NoAnswer, NotProven, Refused, Told, Wish
from shop.payments.methods.line import Busy, Line

if TYPE_CHECKING:
    import stripe

SECONDS = (3.05, 8.0)  # to connect, to answer: somebody waits before the page
AT_ONCE = 4  # threads of a process that ask; it has eight (shop/cli/start.py), and the others serve pages
TURN = 2.0  # seconds somebody waits for one of them; Stripe answers in less
RETRIES = 1  # by Stripe's library, under the same key
SIGNATURE_LIVES = 300  # seconds (docs.stripe.com/webhooks/signature)
MOST_ITEMS = 100  # lines of one session
MOST_NAME = 250
LOCALES = {"vi": "vi", "en": "en", "hi": "hi-IN"}
FAILED = {"failed", "canceled"}
# A 500 is kept under its key and only repeated; 400 is a key used for something else (IdempotencyError).
KEPT = {400, 500}


class StripeCheckout:
    """Real keys move real money; the sandbox stands in where STRIPE_API_URL points at it."""

    code = Method.CARD
    name = _l("Card")
    hint = _l("You pay on the next page. Nothing is packed before.")

    def unavailable_for(self, bill: Bill) -> Any | None:
        """Say that no card is taken here, or which bound the total breaks; None where it can be paid."""
        if Method.CARD not in paying.offered():
            return _l("This market takes no cards.")
        return paying.card_refusal(bill.total)

    @property
    def live(self) -> bool:
        """Say whether the key is one for real money (sk_live_ or a restricted rk_live_)."""
        return settings().stripe_secret_key.startswith(("sk_live_", "rk_live_"))

    def open(self, wish: Wish) -> Facts:
        """Make a Checkout Session; đồng have no minor unit, so amounts go as they are.

        Raises NoAnswer, Refused; ValueError where the lines do not make the amount.
        """
        if sum(item.price * item.quantity for item in wish.items) != wish.amount or len(wish.items) > MOST_ITEMS:
            raise ValueError("the lines of a payment must make its amount")
        ours = {"purchase": wish.purchase}
        asked: Any = {
            "mode": "payment",
            "line_items": [_line(item) for item in wish.items],
            "success_url": wish.done_url,
            "cancel_url": wish.back_url,
            "expires_at": int(wish.expires_at.timestamp()),
            "client_reference_id": ",".join(wish.codes)[:200],
            "locale": LOCALES[wish.language],
            "metadata": ours,
            "payment_intent_data": {"description": ", ".join(map(shown, wish.codes))[:1000], "metadata": ours},
        }
        with _asking() as client:
            return _facts(client.v1.checkout.sessions.create(asked, {"idempotency_key": wish.key}))

    def look_up(self, session: str) -> Facts:
        """Ask how a session stands; raises NoAnswer, Refused."""
        with _asking() as client:
            return _facts(client.v1.checkout.sessions.retrieve(session))

    def end(self, session: str) -> Facts:
        """Expire a session; where it was paid or had ended already, say so. Raises NoAnswer, Refused."""
        try:
            with _asking() as client:
                return _facts(client.v1.checkout.sessions.expire(session))
        except Refused:
            return self.look_up(session)

    def refund(self, reference: str, amount: int, *, name: str, key: str) -> Given:
        """Give back `amount` đồng of a payment intent; raises NoAnswer, Refused."""
        asked: Any = {"payment_intent": reference, "amount": amount, "metadata": {"refund": name}}
        with _asking() as client:
            return _given(client.v1.refunds.create(asked, {"idempotency_key": key}))

    def find_refund(self, reference: str, name: str) -> Given | None:
        """Return the refund that carries our name for it, or None; raises NoAnswer, Refused."""
        with _asking() as client:
            made = client.v1.refunds.list({"payment_intent": reference, "limit": 100}).auto_paging_iter()
            return next((_given(one) for one in made if _ours(one).get("refund") == name), None)

    def look_up_refund(self, refund: str) -> Given:
        """Ask how a refund stands; raises NoAnswer, Refused."""
        with _asking() as client:
            return _given(client.v1.refunds.retrieve(refund))

    def proven(self, body: bytes, signature: str) -> Told:
        """Check Stripe's signature over the raw body (at most five minutes old) and read it; raises NotProven."""
        import stripe

        try:
            secret = settings().stripe_webhook_secret
            stripe.WebhookSignature.verify_header(body, signature, secret, SIGNATURE_LIVES)
            event = json.loads(body)
            about = event["data"]["object"]
            return Told(str(event["id"]), str(event["type"]), str(about["id"]), _said(event, about))
        except (stripe.SignatureVerificationError, ValueError, TypeError, KeyError) as problem:
            raise NotProven(type(problem).__name__) from None


def _line(item: Item) -> dict[str, Any]:
    product = {"name": item.name[:MOST_NAME]}
    price = {"currency": "vnd", "unit_amount": item.price, "product_data": product}
    return {"quantity": item.quantity, "price_data": price}


def _ours(thing: "stripe.StripeObject") -> dict[str, str]:
    """Return what we noted on a thing when we made it."""
    return thing.to_dict().get("metadata") or {}


def _facts(session: "stripe.checkout.Session") -> Facts:
    return Facts(
        session=session.id,
        paid=session.status == "complete" and session.payment_status == "paid",
        ended=session.status == "expired",
        amount=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        mode=session.mode,
        live=session.livemode,
        purchase=_ours(session).get("purchase", ""),
        reference=str(session.payment_intent) if session.payment_intent else None,
        url=session.url,
    )


def _given(refund: "stripe.Refund") -> Given:
    problem = refund.to_dict().get("failure_reason") or ""  # not there at all unless it failed
    status = refund.status
    return Given(refund.id, done=status == "succeeded", failed=status in FAILED, amount=refund.amount, problem=problem)


def _said(event: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """Keep what an event claims about money, and nothing of the person who paid."""
    ours = about.get("metadata") or {}
    claims = {
        "amount": about.get("amount_total"),
        "currency": str(about.get("currency", "")).upper(),
        "mode": about.get("mode"),
        "live": event.get("livemode"),
        "purchase": ours.get("purchase", ""),
    }
    if about.get("object") == "refund":
        return {"refund": ours.get("refund", ""), "reference": about.get("payment_intent")}
    return claims if about.get("object") == "checkout.session" else {}


@cache
def _client(key: str, url: str) -> "stripe.StripeClient":
    """Make one client a process: it keeps its connections."""
    import stripe

    line = stripe.RequestsClient(timeout=SECONDS)
    bases: Any = {"api": url.rstrip("/")} if url else {}
    return stripe.StripeClient(key, base_addresses=bases, max_network_retries=RETRIES, http_client=line)


_LINE = Line(AT_ONCE, TURN)


@contextmanager
def _asking() -> Iterator["stripe.StripeClient"]:
    """Give the client, when it is our turn, and turn Stripe's errors into ours."""
    forbid_in_writing("Stripe")
    import stripe

    present = settings()
    try:
        with _LINE.turn():
            yield _client(present.stripe_secret_key, present.stripe_api_url)
    except Busy:
        raise NoAnswer("too many wait for it") from None
    except stripe.InvalidRequestError as problem:
        raise Refused(f"{problem.code or 'invalid'} {problem.param or ''}".strip()) from problem
    except stripe.StripeError as problem:  # a wrong key too: the operator mends it, and it is asked again
        raise NoAnswer(type(problem).__name__, kept=problem.http_status in KEPT) from problem
