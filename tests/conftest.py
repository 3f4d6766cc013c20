"""One app and two migrated databases a process, bare and with the cast; each test is rolled back when it ends."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session
from xdist.scheduler import LoadScopeScheduling

from shop.app import create_app
from shop.cli.db import bring_up
from shop.config import Settings
from shop.core import clock, engine
from shop.core.db import db
from tests.browser import Browser, Client
from tests.cast import Cast, make_cast
from tests.databases import own_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Playwright

HERE = Path(__file__).parent
ORIGIN = "http://127.0.0.1:8000"
# A neighbour is at work: Hypothesis counts examples here, not seconds.
settings.register_profile("market", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("market")
SHARE_A_MARKET = {"gates": 1, "interop": 1, "journeys": 1, "races": 2}  # folder: among how many processes at most
ON_EITHER_ENGINE = {"own_database", "race", "fault"}  # marks of tests that make the database themselves


class Stage(NamedTuple):
    """A database in which the cast lives, and who is who in it."""

    engine: Engine
    cast: Cast


def pytest_collection_finish() -> None:
    """Look for cycles rarely, and never again among what stays to the end: a tenth of a run's time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second engine, PostgreSQL, is shown what uses a database; the rest says the same twice."""
    if os.environ.get("TEST_DATABASE_URL"):
        left_out = [item for item in items if not uses_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if uses_a_database(item)]


def uses_a_database(item: pytest.Item) -> bool:
    """Whether a test stands on the app of this file, or says by a mark that it makes a database."""
    return "app" in getattr(item, "fixturenames", ()) or any(
        mark.name in ON_EITHER_ENGINE for mark in item.iter_markers()
    )


class ByMarket(LoadScopeScheduling):
    """Where several processes share the work (tests/tools/suite.py): a file stays whole, a shared market too.

    pytest-xdist's own groups (3.8) are unknown to pytest 9.2, whose names of tests cannot be written to.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(PurePath(nodeid.partition("::")[0]).relative_to(HERE.name))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByMarket:
    """Give out the tests by the group of their file."""
    return ByMarket(config, log)


def group_of(file: PurePath) -> str:
    """Name what stays in one process: a file, or the files that share a market, in turn among so many of them."""
    folder = file.parts[0]
    if folder not in SHARE_A_MARKET:
        return file.as_posix()
    place = sorted(one.name for one in (HERE / file.parent).glob("test_*.py")).index(file.name)
    return f"{folder} {place % SHARE_A_MARKET[folder]}"


def settings_for(folder: Path, **changes: object) -> Settings:
    """Settings of a test market that lives in `folder`."""
    values: dict[str, object] = {
        "environment": "test",
        "storage_url": str(folder / "media"),
        "static_build": str(folder / "static"),
        "origin": ORIGIN,
        "secret_key": "test " * 10,
        "media_key": "media " * 10,
        "operator": "Sở Nông nghiệp và Môi trường Lai Châu",
        "hotline": "0213 3876 123",
        "log_level": "ERROR",
        "kept_pages": 0,  # a test's changes are rolled back, so no other connection can see them
        "stripe_secret_key": "sk_test_chophien",
        "stripe_webhook_secret": "whsec_chophien",
        "stripe_api_url": "http://127.0.0.1:9",
        "unpaid_orders": 10_000,  # the cast's buyer orders more than anybody
        "unpaid_most": 10**12,
        "cod_confirm_from": 0,  # nobody is called before packing, but where a test is about that
        "cod_confirm_first": 0,
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("market")
    with own_database(folder / "test.db") as url:
        made = create_app(settings_for(folder, database_url=url))
        made.test_client_class = Client
        with made.app_context():
            bring_up()
        yield made
        with made.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def stage(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A second database, in which the cast is written once and for all tests that ask for it."""
    with app.app_context():
        bare = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    with own_database(tmp_path_factory.mktemp("stage") / "test.db", like=bare) as url:
        made = create_engine(url)
        engine.prepare(made)
        with app.app_context(), standing_on(app, made):
            cast = make_cast()
        yield Stage(made, cast)
        made.dispose()


@contextmanager
def standing_on(app: Flask, ground: Engine | Connection) -> Iterator[None]:
    """Let the app's session use another engine, or a transaction that is open, until the block ends."""
    engines = db._app_engines[app]
    before = engines[None]
    engines[None] = ground  # type: ignore[assignment]
    try:
        yield
    finally:
        db.session.remove()
        engines[None] = before


@pytest.fixture(scope="session")
def bare_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no row but the communes, to be copied by who needs a market of his own."""
    folder = tmp_path_factory.mktemp("bare")
    made = create_app(settings_for(folder, database_url=f"sqlite:///{folder / 'test.db'}"))
    with made.app_context():
        bring_up()
        db.engine.dispose()
    return folder / "test.db"


@pytest.fixture(autouse=True)
def _clock_runs() -> Iterator[None]:
    yield
    clock.set_for_tests(None)


@pytest.fixture
def session(app: Flask, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session inside the test's own transaction; the app's requests join the same one.

    A test without the cast begins with no row but the communes.
    """
    with app.app_context():
        on = request.getfixturevalue("stage").engine if "cast" in request.fixturenames else db.engine
        with on.connect().execution_options(writing=True) as connection, connection.begin() as outer:
            db.session.configure(join_transaction_mode="create_savepoint")
            with standing_on(app, connection):
                yield db.session()
            outer.rollback()


@pytest.fixture
def cast(session: Session, stage: Stage) -> Cast:
    """The people and things every test knows (tests/cast.py), as they were when the run began."""
    return Cast(dict(stage.cast.ids))


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A client that behaves like a browser and looks at every page it gets."""
    return Browser(app)


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What starts the browsers; one a run, for it cannot be started twice in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright") -> Iterator["Chromium"]:
    """A real browser with all it has, for tests marked `push`."""
    from tests.journeys.phone import chrome

    with chrome(playwright) as started:
        yield started


@pytest.fixture(scope="session")
def windowless(playwright: "Playwright") -> Iterator["Chromium"]:
    """The same browser without windows and push, where there is one: it draws the same pages in half the time."""
    from tests.journeys.phone import chrome
    from tests.tools.chromium import windowless as path

    with chrome(playwright, path()) as started:
        yield started


@pytest.fixture
def storage(app: Flask):
    return app.extensions["storage"]
