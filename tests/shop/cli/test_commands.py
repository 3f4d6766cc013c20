"""Settings, set-up, verify and the answers about health."""

import pytest
from sqlalchemy import text

from shop.cli.settings_file import ensure_keys, write
from shop.cli.verify import violations
from shop.config import BadSettings, Settings, read_settings_file
from shop.core.db import writing
from tests.browser import Browser
from tests.shelves import lay_masters

REAL = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "s" * 40,
    "MEDIA_KEY": "m" * 40,
    "SEAL_KEY": "e" * 40,
    "ORIGIN": "https://market.example",
}


def test_production_refuses_what_is_unsafe() -> None:
    Settings.from_env(REAL)
    for change in (
        {"SECRET_KEY": "changeme"},
        {"MEDIA_KEY": ""},
        {"SEAL_KEY": "short"},
        {"ORIGIN": "http://market.example"},
        {"SANDBOX_URL": "http://127.0.0.1:8025"},
        {"STRIPE_API_URL": "http://127.0.0.1:8025"},
    ):
        with pytest.raises(BadSettings):
            Settings.from_env(REAL | change)


def test_settings_are_checked() -> None:
    for bad in ({"CODE_PREFIX": "lc1"}, {"ENVIRONMENT": "live"}, {"TRUSTED_PROXIES": "one"}, {"ORIGIN": "market"}):
        with pytest.raises(BadSettings):
            Settings.from_env(bad)


def test_the_settings_file_is_private_and_keeps_its_keys(tmp_path) -> None:
    path = tmp_path / "instance" / "settings.env"
    write(path, {"OPERATOR": "Sở Nông nghiệp"})
    ensure_keys(path)
    first = read_settings_file(path)
    ensure_keys(path)
    assert read_settings_file(path) == first
    assert first["OPERATOR"] == "Sở Nông nghiệp"
    assert path.stat().st_mode & 0o077 == 0


def test_verify_finds_nothing_on_the_cast(app, session, cast) -> None:
    lay_masters(app)
    assert violations() == []


def test_verify_finds_a_seller_nobody_admitted(session, cast) -> None:
    with writing() as inside:
        inside.execute(text("DELETE FROM admission_decisions"))
    assert any("sells without an admission" in sentence for sentence in violations())


def test_health(browser: Browser) -> None:
    assert browser.get("/healthz").data == b"ok\n"
    answer = browser.get("/readyz")
    assert answer.status_code == 200, answer.data
    assert answer.json["ready"] is True


def test_a_nul_in_an_address_is_refused(browser: Browser) -> None:
    assert browser.get("/healthz?q=%00").status_code == 400
    assert browser.get("/review/products/%00").status_code == 400
