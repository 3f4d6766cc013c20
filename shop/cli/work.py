"""flask work: every room's sweeps in one process, the embedded engine."""

import signal
import threading
from types import FrameType

import click
from flask.cli import with_appcontext

from shop.cli.rooms import Sweep, sweeps
from shop.core.db import db
from shop.core.logs import log

PAUSE = 2.0  # seconds between rounds in which nothing was due


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def command(once: bool) -> None:
    """Send, draw, expire, refund, index: run the sweeps until told to stop."""
    stop = threading.Event()

    def _stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, _stop)
    found = sweeps()
    while not stop.is_set():
        done = sum(run(name, sweep) for name, sweep in found)
        if once:
            break
        if not done:
            stop.wait(PAUSE)


def run(name: str, sweep: Sweep) -> int:
    """Run one sweep; a failure is logged and the others go on. Returns how much was done."""
    try:
        done = sweep()
    except Exception as problem:  # one room's trouble must not stop the mails of another
        log.error("sweep", sweep=name, exc_info=problem)
        done = 0
    finally:
        db.session.remove()
    if done:
        log.info("sweep", sweep=name, done=done)
    return done
