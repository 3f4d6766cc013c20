"""A whole market for tests that need a real one: web on two workers, sweeps, stand-ins, a database of its own."""

import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
from flask import Flask

from products.review.models import UNDO
from products.review.tasks import carry_out_due
from shop.accounts.models import User, UserSession
from shop.app import create_app
from shop.cli import start
from shop.cli.db import bring_up
from shop.config import ROOT, GeneratedKeys, Settings
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db, writing
from shop.sandbox.serve import Running, running
from shop.sandbox.settings import SandboxSettings
from tests.browser import signed_in
from tests.cast import Cast
from tests.databases import own_database

PATIENCE = 20.0  # seconds for anything that is on its way: a text message, a sweep, a first answer
START = 60.0  # seconds for a market to open on a machine that is busy with its neighbours
FIRST_PORT = 18_000
PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))  # neighbours look for ports elsewhere
Found = TypeVar("Found")
KEYS = {"SECRET_KEY": "test " * 10, "MEDIA_KEY": "media " * 10}  # those of tests/conftest.py: one process, one key


@dataclass
class Market:
    """A running market: its address, its stand-ins, and an app on the same database for a look inside."""

    url: str
    sandbox: str
    folder: Path
    env: dict[str, str]
    app: Flask
    cast: Cast
    facts: dict[str, Any]  # whatever the filling of the market wants remembered
    stand_ins: Running
    commands: list[tuple[str, ...]]
    processes: list[subprocess.Popen[bytes]]  # one for each command
    read: int = 0  # characters of the log that were looked at: each trouble is told once

    def assert_sound(self) -> None:
        """`flask verify` finds nothing, and no process wrote down an error."""
        done = self.app.test_cli_runner().invoke(args=["verify"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert " 0 violations" in done.output
        troubles = self.troubles()
        assert not troubles, "\n".join(troubles[:20])

    def ten_seconds_pass(self) -> None:
        """Let decisions take effect: the sweep of this market, run by a clock that is ten seconds ahead."""
        with self.app.app_context():
            clock.pass_for_tests(UNDO)
            try:
                carry_out_due()
            finally:
                clock.set_for_tests(None)

    def wait_until_it_answers(self) -> None:
        """Return when the web server is ready for people."""
        until(lambda: _answers(self.url), f"the first answer; the log says:\n{self.log()[-2000:]}", START)

    def kill(self) -> None:
        """End every process as a power cut does, in the middle of whatever it is at."""
        for one in self.processes:
            os.killpg(one.pid, signal.SIGKILL)
        for one in self.processes:
            one.wait()

    def start_again(self) -> None:
        """Start every process anew, on what the killed ones left, and wait for the first answer."""
        self.processes[:] = [spawn(self.folder, self.env, command) for command in self.commands]
        self.wait_until_it_answers()

    def log(self) -> str:
        """Everything the processes wrote."""
        return (self.folder / "market.log").read_text(encoding="utf-8", errors="replace")

    def troubles(self) -> list[str]:
        """What the log holds since the last look beside peaceful lines: errors, tracebacks, answers of 500 and more."""
        fresh, self.read = self.log()[self.read :], len(self.log())
        return [line for line in fresh.splitlines() if _is_trouble(line)]

    def texts(self, phone: str) -> list[dict[str, Any]]:
        """The SMS that reached a phone (E.164), newest first."""
        found: list[dict[str, Any]] = httpx.get(f"{self.sandbox}/sms.json", params={"to": phone}).json()
        return found

    def codes(self, phone: str) -> list[str]:
        """The one-time codes among the texts to a phone, newest first."""
        return [code for text in self.texts(phone) for code in text["codes"]]

    def code_for(self, phone: str, before: int = 0) -> str:
        """Wait for the code after the first `before` ones and return it."""
        return until(lambda: found[0] if len(found := self.codes(phone)) > before else None, f"a code for {phone}")

    def signed_in(self, who: str) -> tuple[str, str]:
        """Sign somebody of the cast in without pages; returns the cookie's value and the form token."""
        with self.app.app_context():
            with writing():
                user = db.session.get_one(User, self.cast.ids[who])
                token = signed_in(user)
            row = db.session.query(UserSession).filter_by(token_digest=token_digest(token)).one()
            return token, row.form_token


@contextmanager
def running_market(
    folder: Path, fill: Callable[[Flask], tuple[Cast, dict[str, Any]]], *, work: bool = True, **settings: str
) -> Iterator[Market]:
    """Start a market in `folder`, filled by `fill` before it opens; keywords are settings by environment name."""
    web = start.free_port(FIRST_PORT + PROCESS % 6 * 2000 + secrets.randbelow(400) * 4)
    keys = SandboxSettings()
    with (
        own_database(folder / "market.db") as database_url,
        running(
            str(folder / "sandbox.db"), shop_origin=f"http://{start.HOST}:{web}", webhook_secret=keys.webhook_secret
        ) as stand_ins,
    ):
        port = int(stand_ins.url.rsplit(":", 1)[1])
        env = _environment(start.environment(web, port, stand_ins.smtp_port), folder, database_url, settings)
        app = create_app(Settings.from_env(env))
        with app.app_context():
            bring_up()
        cast, facts = fill(app)
        commands = [start.server(web)] + ([(*start.FLASK, "work")] if work else [])
        with children(folder, env, commands) as processes:
            found = app, cast, facts, stand_ins, commands, processes
            market = Market(f"http://{start.HOST}:{web}", stand_ins.url, folder, env, *found)
            market.wait_until_it_answers()
            try:
                yield market
            finally:
                with app.app_context():
                    db.session.remove()
                    db.engine.dispose()


def _environment(base: dict[str, str], folder: Path, database_url: str, settings: dict[str, str]) -> dict[str, str]:
    own = {
        "UNPAID_ORDERS": "10000",
        "UNPAID_MOST": "1000000000000",
        "ORDERS_A_NETWORK": "100000",
        "COD_CONFIRM_FIRST": "0",  # a buyer of a test was never here before
        "ENVIRONMENT": "development",  # as `make run`: an error is a page, not a traceback
        "SETTINGS_FILE": str(folder / "none.env"),
        "DATABASE_URL": database_url,
        "STORAGE_URL": str(folder / "media"),
        "VAPID_PRIVATE_KEY": GeneratedKeys().vapid_private_key,
        "STATIC_BUILD": str(folder / "static"),
        "OPERATOR": "Sở Nông nghiệp và Môi trường Lai Châu",
        "HOTLINE": "0213 3876 123",
        "FLASK_APP": "wsgi",
    }
    return base | KEYS | own | settings


@contextmanager
def children(
    folder: Path, env: dict[str, str], commands: Sequence[Sequence[str]]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run the commands until the block ends; whoever starts one anew puts it into the list."""
    found = [spawn(folder, env, command) for command in commands]
    try:
        yield found
    finally:
        start.stop(found)


def spawn(folder: Path, env: dict[str, str], command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start one process of a market, in a group of its own; it writes to the market's log."""
    with (folder / "market.log").open("ab") as log:
        return subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=2).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _is_trouble(line: str) -> bool:
    if not line.startswith("{"):
        return "Traceback" in line or "Error" in line or "CRITICAL" in line
    told = json.loads(line)
    return told.get("level") in {"error", "critical"} or int(told.get("status") or 0) >= 500


def until(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """Look again and again until something is there; fail with `what` was awaited."""
    end = time.monotonic() + patience
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s for {what}")
        time.sleep(0.1)
    return found
