"""flask sandbox: stand-ins for mail, SMS and card payments on loopback."""

import click
from flask.cli import with_appcontext

from shop.config import ROOT
from shop.core.present import settings
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
    )
