"""Sellers' own accounts at Stripe: opened on Stripe's page, money passed on to them and taken back.

"Separate charges and transfers" (docs.stripe.com/connect/separate-charges-and-transfers): the market is charged, and
each seller's part follows from that very charge, so that it can be passed on before the charge is settled.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from shop.core.present import settings
from shop.payments.methods.base import Holder, Moved, Refused
from shop.payments.methods.stripe_client import asking, ours

if TYPE_CHECKING:
    import stripe

DONG = "vnd"


class Once(NamedTuple):
    """What makes a step happen once: our name on it, the idempotency key, and whether it was tried before."""

    name: str
    key: str
    repeat: bool


def open_account(code: str, name: str) -> Holder:
    """Make the account of a cooperative, once for its code; raises NoAnswer, Refused."""
    asked: Any = {
        "country": settings().stripe_connect_country,
        "controller": {
            "stripe_dashboard": {"type": "express"},
            "fees": {"payer": "application"},
            "losses": {"payments": "application"},
        },
        "capabilities": {"transfers": {"requested": True}},
        "business_profile": {"name": name},
        "metadata": {"cooperative": code},
    }
    with asking() as client:
        return _holder(client.v1.accounts.create(asked, {"idempotency_key": f"account-{code}"}))


def link_to_fill_in(account: str, back: str) -> str:
    """Return the address of Stripe's page on which the seller fills the account in: it opens once, within minutes."""
    asked: Any = {"account": account, "type": "account_onboarding", "refresh_url": back, "return_url": f"{back}/return"}
    with asking() as client:
        return client.v1.account_links.create(asked).url


def look_up_account(account: str) -> Holder:
    """Ask how an account stands; raises NoAnswer, Refused."""
    with asking() as client:
        return _holder(client.v1.accounts.retrieve(account))


def pass_on(payment: str, amount: int, to: str, once: Once) -> Moved:
    """Pass `amount` đồng of a payment on to an account; raises NoAnswer, Refused.

    Stripe moves money in the currency the market's account settles in: where that is not đồng, the part of it that
    this payment brought, rounded down.
    """
    with asking() as client:
        made = client.v1.transfers.list({"destination": to, "limit": 100}).auto_paging_iter() if once.repeat else []
        found = next((one for one in made if ours(one).get("passing") == once.name), None)
        if found is not None:
            return _moved(found)
        expanded: Any = {"expand": ["latest_charge.balance_transaction"]}
        charge: Any = client.v1.payment_intents.retrieve(payment, expanded).latest_charge
        if charge is None or charge.balance_transaction is None:
            raise Refused("no charge to pass on")
        settled = charge.balance_transaction
        sum_there = amount if settled.currency == DONG else amount * settled.amount // charge.amount
        asked: Any = {
            "amount": sum_there,
            "currency": settled.currency,
            "destination": to,
            "source_transaction": charge.id,
            "metadata": {"passing": once.name},
        }
        return _moved(client.v1.transfers.create(asked, {"idempotency_key": once.key}))


def take_back(transfer: str, amount: int, once: Once) -> Moved:
    """Take `amount` (in the currency of the transfer) back from an account; raises NoAnswer, Refused."""
    with asking() as client:
        reversals = client.v1.transfers.reversals
        made = reversals.list(transfer, {"limit": 100}).auto_paging_iter() if once.repeat else []
        found = next((one for one in made if ours(one).get("passing") == once.name), None)
        if found is not None:
            return _moved(found)
        asked: Any = {"amount": amount, "metadata": {"passing": once.name}}
        return _moved(reversals.create(transfer, asked, {"idempotency_key": once.key}))


def _moved(found: "stripe.Transfer | stripe.TransferReversal") -> Moved:
    return Moved(found.id, found.amount, found.currency)


def _holder(account: "stripe.Account") -> Holder:
    said = account.to_dict()
    wants = (said.get("requirements") or {}).get("currently_due") or []
    ready = (said.get("capabilities") or {}).get("transfers") == "active"
    return Holder(account.id, ready, bool(said.get("details_submitted")), len(wants))
