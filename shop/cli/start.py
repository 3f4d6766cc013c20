"""flask start: the whole market on this computer, under one parent: web, sweeps, stand-ins."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import click
import httpx

from shop.cli.settings_file import ensure_keys, settings_path
from shop.config import ROOT
from shop.sandbox.serve import shop_settings
from shop.sandbox.settings import SandboxSettings

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds until the shop must answer
# Shown on every page of a market on this computer, unless the environment says otherwise.
DEMO_NAMES = {"OPERATOR": "Ban quản lý chợ (bản thử)", "HOTLINE": "0213 3876 123"}
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")


@click.command("start")
@click.option("--port", default=8000, show_default=True, help="First port to try for the shop.")
@click.option("--empty", is_flag=True, help="Do not fill an empty database with the demo market.")
def command(port: int, empty: bool) -> None:
    """Start the market on this computer; Ctrl-C stops all of it."""
    for one in (signal.SIGINT, signal.SIGTERM):  # a shell starts background programs with Ctrl-C ignored
        signal.signal(one, signal.default_int_handler)
    ensure_keys(settings_path())
    web = free_port(port)
    stand_ins = free_port(web + 25)
    mail = free_port(stand_ins + 1)
    env = environment(web, stand_ins, mail)
    _prepare(env, empty)
    children = [
        _spawn(env, *FLASK, "sandbox", "--port", str(stand_ins), "--smtp-port", str(mail)),
        _spawn(env, *FLASK, "work"),
        _spawn(env, *server(web)),
    ]
    try:
        _wait_until_ready(f"http://{HOST}:{web}", children)
        _print_addresses(web, stand_ins, empty)
        _watch(children)
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        stop(children)


def free_port(first: int) -> int:
    """Return the first loopback port from `first` on that nobody listens on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"No free port from {first} on. Stop another program, or give --port.")


def environment(web: int, stand_ins: int, mail: int) -> dict[str, str]:
    """Return the environment of the children: this shop's own address, and the stand-ins for all outside."""
    settings = SandboxSettings()
    outside = shop_settings(f"http://{HOST}:{stand_ins}", mail, settings)
    return DEMO_NAMES | dict(os.environ) | outside | {"ORIGIN": f"http://{HOST}:{web}", "PYTHONUNBUFFERED": "1"}


def server(port: int, workers: int = 2) -> tuple[str, ...]:
    """Return the command that serves the shop: gunicorn with threads, no control socket, no preload."""
    return (
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        "--bind",
        f"{HOST}:{port}",
        "--workers",
        str(workers),
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--no-control-socket",
        "--log-level",
        "warning",
    )


def _spawn(env: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=env, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own commands


def _prepare(env: dict[str, str], empty: bool) -> None:
    steps = [("db", "upgrade")] + ([] if empty else [("demo", "--if-empty")])
    for step in steps:
        if subprocess.run((*FLASK, *step), env=env, cwd=ROOT, check=False).returncode:  # noqa: S603
            raise click.ClickException(f"'flask {' '.join(step)}' did not succeed; its words are above.")


def _wait_until_ready(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(child.poll() is not None for child in children):
            raise click.ClickException("A part of the market stopped at once; its words are above.")
        try:
            if httpx.get(f"{address}/readyz", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise click.ClickException("The shop does not answer. Read the lines above, then try again.")


def _print_addresses(web: int, stand_ins: int, empty: bool) -> None:
    click.echo(f"\n  The shop          http://{HOST}:{web}/")
    click.echo(f"  Mails and codes   http://{HOST}:{stand_ins}/")
    people = Path(ROOT / "instance" / "demo_sign_ins.txt")
    if not empty and people.is_file():
        click.echo("\n" + people.read_text(encoding="utf-8").rstrip())
    click.echo("\n  Ctrl-C stops everything.\n")


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    raise click.ClickException("A part of the market stopped; its words are above.")


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """End the children kindly, then for certain."""
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
