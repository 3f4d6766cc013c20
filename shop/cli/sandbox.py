"""flask sandbox: stand-ins for mail, SMS, card payments and a bank on loopback."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from cooperatives.models import BankAccount, Cooperative
from shop.config import ROOT
from shop.core.db import db
from shop.core.present import settings
from shop.core.seal import unseal
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.sandbox import serve
from shop.sandbox.settings import SandboxSettings


@click.command("sandbox")
@click.option("--port", default=8025, show_default=True, help="Port of the pages and services.")
@click.option("--smtp-port", default=8026, show_default=True, help="Port that takes mail.")
@with_appcontext
def command(port: int, smtp_port: int) -> None:
    """Serve the stand-ins; production refuses."""
    present = settings()
    state = ROOT / "instance" / "sandbox.db"
    state.parent.mkdir(parents=True, exist_ok=True)
    serve.main(
        port,
        str(state),
        present.origin,
        present.stripe_webhook_secret or SandboxSettings.webhook_secret,
        smtp_port=smtp_port,
        environment=present.environment,
        bank_listeners=bank_listeners(),
    )


def bank_listeners() -> dict[str, tuple[str, str]]:
    """Return which SePay webhook (path, secret) hears of which account of the demo's sellers, and of nobody else's.

    Nothing where there is no database yet: the stand-ins do without.
    """
    rows = (
        select(BankAccount.number, BankNotifier.code, BankNotifier.secret)
        .join(BankNotifier, BankNotifier.cooperative_id == BankAccount.cooperative_id)
        .join(Cooperative, Cooperative.id == BankAccount.cooperative_id)
        .where(Cooperative.demo, BankNotifier.kind == NotifierKind.SEPAY)
        .where(BankNotifier.ended_at.is_(None), BankAccount.in_force_at.is_not(None))
    )
    try:
        found = db.session.execute(rows).all()
    except SQLAlchemyError:
        return {}
    finally:
        db.session.remove()
    return {number: (f"/webhooks/bank/{code}", unseal(secret)) for number, code, secret in found}
