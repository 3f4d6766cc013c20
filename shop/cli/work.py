"""flask work: every room's sweeps in one process, the embedded engine."""

import signal
import threading
from collections.abc import Sequence
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from shop.cli.rooms import Sweep, prompt, sweeps
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
    if once:
        _round([*prompt(), *sweeps()])
        return
    app: Flask = current_app._get_current_object()
    beside = [threading.Thread(target=_beside, args=(app, stop, one), name=one[0]) for one in prompt()]
    for thread in beside:
        thread.start()
    _rounds(sweeps(), stop)
    for thread in beside:
        thread.join()


def _beside(app: Flask, stop: threading.Event, sweep: tuple[str, Sweep]) -> None:
    """Run what cannot wait in a thread of its own: drawing a hundred pictures takes longer than ten seconds.

    One thread for each: a mail server that does not answer keeps no decision and no code waiting.
    """
    with app.app_context():
        _rounds([sweep], stop)


def _rounds(found: Sequence[tuple[str, Sweep]], stop: threading.Event) -> None:
    while not stop.is_set():
        if not _round(found):
            stop.wait(PAUSE)


def _round(found: Sequence[tuple[str, Sweep]]) -> int:
    return sum(run(name, sweep) for name, sweep in found)


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
