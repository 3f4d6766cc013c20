"""One app and one migrated database for the run; each test inside a transaction that is rolled back."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from shop.app import create_app
from shop.cli.db import bring_up
from shop.config import Settings
from shop.core import clock
from shop.core.db import db
from tests.browser import Browser, Client
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

ORIGIN = "http://127.0.0.1:8000"


def database_url(folder: Path) -> str:
    """PostgreSQL when TEST_DATABASE_URL names one (its tables are dropped first), else a SQLite file."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        return f"sqlite:///{folder / 'test.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


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
        "stripe_secret_key": "sk_test_chophien",
        "stripe_webhook_secret": "whsec_chophien",
        "stripe_api_url": "http://127.0.0.1:9",
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("market")
    made = create_app(settings_for(folder, database_url=database_url(folder)))
    made.test_client_class = Client
    with made.app_context():
        bring_up()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _clock_runs() -> Iterator[None]:
    yield
    clock.set_for_tests(None)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session inside the test's own transaction; the app's requests join the same one."""
    with app.app_context():
        engines = db._app_engines[app]
        engine = engines[None]
        connection = engine.connect().execution_options(writing=True)
        outer = connection.begin()
        db.session.configure(join_transaction_mode="create_savepoint")
        engines[None] = connection  # type: ignore[assignment]
        try:
            yield db.session()
        finally:
            db.session.remove()
            engines[None] = engine
            outer.rollback()
            connection.close()


@pytest.fixture
def cast(session: Session) -> Cast:
    """The people and things every test knows (tests/cast.py)."""
    return make_cast()


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A client that behaves like a browser and looks at every page it gets."""
    return Browser(app)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Chromium"]:
    """A real browser for the tests marked so; one a run, for Playwright cannot be started twice in a process."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.phone import chrome

    with sync_playwright() as playwright, chrome(playwright) as started:
        yield started


@pytest.fixture
def storage(app: Flask):
    return app.extensions["storage"]
