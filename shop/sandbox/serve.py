"""Runs the sandbox on loopback: pages and API on one port, mail on another, webhooks from a thread."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from shop.sandbox import mails
from shop.sandbox.app import create_sandbox
from shop.sandbox.context import Sandbox
from shop.sandbox.settings import SandboxSettings
from shop.sandbox.smtp import SmtpServer
from shop.sandbox.state import State

HOST = "127.0.0.1"
LOOK = 0.05  # seconds between looks whether to stop


class Quiet(WSGIRequestHandler):
    """Says nothing about each request: the log pages show what matters."""

    def make_environ(self) -> dict[str, Any]:
        """Keep Zalo's headers `access_token` and `secret_key`: names with an underscore are dropped by WSGI servers."""
        kept = {f"zalo.{name}": self.headers[name] for name in ("access_token", "secret_key") if name in self.headers}
        return {**super().make_environ(), **kept}

    def log(self, type: str, message: str, *args: Any) -> None:
        """Keep silent."""


@dataclass(frozen=True)
class Running:
    """A sandbox that runs: its address, its mail port, its application."""

    url: str
    smtp_port: int
    app: Flask

    @property
    def sandbox(self) -> Sandbox:
        """The parts of the running sandbox."""
        found: Sandbox = self.app.extensions["sandbox"]
        return found

    @property
    def shop_settings(self) -> dict[str, str]:
        """The settings with which a shop uses this sandbox, by environment name."""
        return shop_settings(self.url, self.smtp_port, self.sandbox.settings)


def shop_settings(url: str, smtp_port: int, settings: SandboxSettings) -> dict[str, str]:
    """Return the settings with which a shop uses a sandbox at `url`, by environment name."""
    return {
        "SANDBOX_URL": url,
        "SMTP_URL": f"smtp://{HOST}:{smtp_port}",
        "SMS_URL": f"{url}/sms/send",
        "SMS_API_KEY": settings.sms_api_key,
        "SMS_SECRET_KEY": settings.sms_secret_key,
        "ZALO_URL": f"{url}/message/template",
        "ZALO_OAUTH_URL": f"{url}/v4/oa/access_token",
        "ZALO_APP_ID": settings.zalo_app_id,
        "ZALO_APP_SECRET": settings.zalo_app_secret,
        "ZALO_REFRESH_TOKEN": settings.zalo_refresh_token,
        "ZALO_TEMPLATES": "order_placed:300001 order_waiting:300001 revision_returned:300002",
        "STRIPE_API_URL": url,
        "STRIPE_SECRET_KEY": settings.stripe_key,
        "STRIPE_WEBHOOK_SECRET": settings.webhook_secret,
    }


@contextmanager
def running(state_path: str, port: int = 0, smtp_port: int = 0, **settings: Any) -> Iterator[Running]:
    """Run a sandbox on threads inside the block; port 0 takes a free one. Keywords are those of SandboxSettings."""
    with _serving(state_path, port, smtp_port, **settings) as (server, mail, app):
        threads = [threading.Thread(target=one.serve_forever, args=(LOOK,), daemon=True) for one in (server, mail)]
        for thread in threads:
            thread.start()
        try:
            yield Running(f"http://{HOST}:{server.server_port}", mail.port, app)
        finally:
            server.shutdown()
            mail.shutdown()


@contextmanager
def _serving(
    state_path: str, port: int, smtp_port: int, **settings: Any
) -> Iterator[tuple[BaseWSGIServer, SmtpServer, Flask]]:
    SandboxSettings(**settings).check()
    with SmtpServer(smtp_port, partial(mails.keep, State(state_path))) as mail:
        app = create_sandbox(state_path, smtp_port=mail.port, **settings)
        server = make_server(HOST, port, app, threaded=True, request_handler=Quiet)
        dispatcher = app.extensions["sandbox"].dispatcher
        dispatcher.start()
        try:
            yield server, mail, app
        finally:
            dispatcher.stop()
            server.server_close()


def main(
    port: int, state_path: str, shop_origin: str, webhook_secret: str, *, smtp_port: int = 0, **settings: Any
) -> None:
    """Serve until interrupted; further keywords are those of SandboxSettings. Raises OSError for a taken port."""
    for one in (signal.SIGINT, signal.SIGTERM):  # a shell starts background programs with Ctrl-C ignored
        signal.signal(one, signal.default_int_handler)
    settings |= {"shop_origin": shop_origin, "webhook_secret": webhook_secret}
    with _serving(state_path, port, smtp_port, **settings) as (server, mail, _app):
        threading.Thread(target=mail.serve_forever, daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            mail.shutdown()
