"""Cards by Stripe Checkout: the buyer pays on Stripe's page, we ask Stripe what happened."""

import json
from typing import TYPE_CHECKING, Any

from shop.core.codes import shown
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders import paying
from shop.orders.models import Method
from shop.payments.methods.base import Bill, Facts, Given, Item, NotProven, Refused, Told, Wish
from shop.payments.methods.stripe_client import asking, ours

if TYPE_CHECKING:
    import stripe

SIGNATURE_LIVES = 300  # seconds (docs.stripe.com/webhooks/signature)
MOST_ITEMS = 100  # lines of one session
MOST_NAME = 250
LOCALES = {"vi": "vi", "en": "en", "hi": "hi-IN"}
FAILED = {"failed", "canceled"}


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
        noted = {"purchase": wish.purchase}
        asked: Any = {
            "mode": "payment",
            "line_items": [_line(item) for item in wish.items],
            "success_url": wish.done_url,
            "cancel_url": wish.back_url,
            "expires_at": int(wish.expires_at.timestamp()),
            "client_reference_id": ",".join(wish.codes)[:200],
            "locale": LOCALES[wish.language],
            "metadata": noted,
            "payment_intent_data": {"description": ", ".join(map(shown, wish.codes))[:1000], "metadata": noted},
        }
        with asking() as client:
            return _facts(client.v1.checkout.sessions.create(asked, {"idempotency_key": wish.key}))

    def look_up(self, session: str) -> Facts:
        """Ask how a session stands; raises NoAnswer, Refused."""
        with asking() as client:
            return _facts(client.v1.checkout.sessions.retrieve(session))

    def end(self, session: str) -> Facts:
        """Expire a session; where it was paid or had ended already, say so. Raises NoAnswer, Refused."""
        try:
            with asking() as client:
                return _facts(client.v1.checkout.sessions.expire(session))
        except Refused:
            return self.look_up(session)

    def refund(self, reference: str, amount: int, *, name: str, key: str) -> Given:
        """Give back `amount` đồng of a payment intent; raises NoAnswer, Refused."""
        asked: Any = {"payment_intent": reference, "amount": amount, "metadata": {"refund": name}}
        with asking() as client:
            return _given(client.v1.refunds.create(asked, {"idempotency_key": key}))

    def find_refund(self, reference: str, name: str) -> Given | None:
        """Return the refund that carries our name for it, or None; raises NoAnswer, Refused."""
        with asking() as client:
            made = client.v1.refunds.list({"payment_intent": reference, "limit": 100}).auto_paging_iter()
            return next((_given(one) for one in made if ours(one).get("refund") == name), None)

    def look_up_refund(self, refund: str) -> Given:
        """Ask how a refund stands; raises NoAnswer, Refused."""
        with asking() as client:
            return _given(client.v1.refunds.retrieve(refund))

    def proven(self, body: bytes, signature: str) -> Told:
        """Check Stripe's signature over the raw body (at most five minutes old) and read it; raises NotProven."""
        import stripe

        try:
            _verify(body, signature)
            event = json.loads(body)
            about = event["data"]["object"]
            return Told(str(event["id"]), str(event["type"]), str(about["id"]), _said(event, about))
        except (stripe.SignatureVerificationError, ValueError, TypeError, KeyError) as problem:
            raise NotProven(type(problem).__name__) from None


def _verify(body: bytes, signature: str) -> None:
    """Accept the signature of either endpoint: the market's own events, or those of sellers' accounts."""
    import stripe

    own, sellers = settings().stripe_webhook_secret, settings().stripe_connect_webhook_secret
    try:
        stripe.WebhookSignature.verify_header(body, signature, own, SIGNATURE_LIVES)
    except stripe.SignatureVerificationError:
        if not sellers:
            raise
        stripe.WebhookSignature.verify_header(body, signature, sellers, SIGNATURE_LIVES)


def _line(item: Item) -> dict[str, Any]:
    product = {"name": item.name[:MOST_NAME]}
    price = {"currency": "vnd", "unit_amount": item.price, "product_data": product}
    return {"quantity": item.quantity, "price_data": price}


def _facts(session: "stripe.checkout.Session") -> Facts:
    return Facts(
        session=session.id,
        paid=session.status == "complete" and session.payment_status == "paid",
        ended=session.status == "expired",
        amount=session.amount_total or 0,
        currency=(session.currency or "").upper(),
        mode=session.mode,
        live=session.livemode,
        purchase=ours(session).get("purchase", ""),
        reference=str(session.payment_intent) if session.payment_intent else None,
        url=session.url,
    )


def _given(refund: "stripe.Refund") -> Given:
    problem = refund.to_dict().get("failure_reason") or ""  # not there at all unless it failed
    status = refund.status
    return Given(refund.id, done=status == "succeeded", failed=status in FAILED, amount=refund.amount, problem=problem)


def _said(event: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """Keep what an event claims about money, and nothing of the person who paid."""
    noted = about.get("metadata") or {}
    claims = {
        "amount": about.get("amount_total"),
        "currency": str(about.get("currency", "")).upper(),
        "mode": about.get("mode"),
        "live": event.get("livemode"),
        "purchase": noted.get("purchase", ""),
    }
    if about.get("object") == "refund":
        return {"refund": noted.get("refund", ""), "reference": about.get("payment_intent")}
    if about.get("object") == "dispute":
        return {"reference": about.get("payment_intent")}
    return claims if about.get("object") == "checkout.session" else {}
