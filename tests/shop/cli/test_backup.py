"""A backup comes back whole, a damaged one is refused, nothing is overwritten."""

import shutil
import tarfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from cooperatives.dispatch import services as dispatch
from cooperatives.dispatch.models import ClosedDays
from cooperatives.voices import services as voices
from cooperatives.voices.names import file_name
from products.counts import services as counts
from products.counts.models import ProductCount
from shop.app import create_app
from shop.cli.verify import violations
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.sound.notes import note_of
from tests import voices as recordings
from tests.cast import make_cast
from tests.conftest import settings_for
from tests.shelves import lay_masters

NOTE = note_of(recordings.webm(2))


@pytest.fixture
def market(tmp_path: Path, bare_file: Path) -> Flask:
    """A market of its own on SQLite, with the cast, one picture, one spoken note, and rows that hold days."""
    return _market(tmp_path / "one", bare_file, filled=True)


def _market(folder: Path, bare: Path, *, filled: bool) -> Flask:
    folder.mkdir()
    app = create_app(settings_for(folder, database_url=f"sqlite:///{shutil.copy(bare, folder / 'm.db')}"))
    with app.app_context():
        if filled:
            cast = make_cast()
            lay_masters(app)
            app.extensions["storage"].put("private/masters/aa/a.jpg", b"a picture", "image/jpeg")
            voices.save_file(app.extensions["storage"], NOTE)
            with writing():
                voices.add(cast.cooperative(), cast.member, NOTE)
                dispatch.close(cast.cooperative(), today(), today(), "Tết", cast.member)
                counts.add({(cast.ids["tea"], today()): (7, 1)})
    return app


def _backup(app: Flask, folder: Path) -> Path:
    answer = app.test_cli_runner().invoke(args=["backup", str(folder)])
    assert answer.exit_code == 0, answer.output
    return next(folder.glob("*.tar"))


def test_backup_and_restore(market: Flask, tmp_path: Path, bare_file: Path) -> None:
    file = _backup(market, tmp_path / "kept")
    other = _market(tmp_path / "two", bare_file, filled=False)
    answer = other.test_cli_runner().invoke(args=["restore", str(file)])
    assert answer.exit_code == 0, answer.output
    with other.app_context():
        assert violations() == []
        names = db.session.execute(db.text("SELECT name FROM users ORDER BY id")).scalars().all()
        assert "Giàng Thị Máy" in names
        pointers = db.session.execute(db.text("SELECT count(approved_revision_id) FROM products")).scalar()
        assert pointers == 2
        assert other.extensions["storage"].get("private/masters/aa/a.jpg") == b"a picture"
        assert db.session.execute(db.text("SELECT digest FROM voice_notes")).scalar() == NOTE.digest
        assert db.session.scalar(select(ClosedDays.last_day)) == db.session.scalar(select(ProductCount.day)) == today()
        assert other.extensions["storage"].get(file_name(NOTE.digest)) == NOTE.data


def test_a_market_with_people_is_not_overwritten(market: Flask, tmp_path: Path) -> None:
    file = _backup(market, tmp_path / "kept")
    answer = market.test_cli_runner().invoke(args=["restore", str(file)])
    assert answer.exit_code != 0
    assert "people already" in answer.output


def test_a_damaged_backup_is_refused(market: Flask, tmp_path: Path, bare_file: Path) -> None:
    file = _backup(market, tmp_path / "kept")
    data = bytearray(file.read_bytes())
    at = data.index(b"a picture")
    data[at : at + 1] = b"A"
    file.write_bytes(bytes(data))
    other = _market(tmp_path / "two", bare_file, filled=False)
    answer = other.test_cli_runner().invoke(args=["restore", str(file)])
    assert answer.exit_code != 0
    assert "changed or is damaged" in answer.output


def test_half_a_backup_is_refused(market: Flask, tmp_path: Path) -> None:
    file = tmp_path / "empty.tar"
    with tarfile.open(file, "w"):
        pass
    answer = market.test_cli_runner().invoke(args=["restore", str(file)])
    assert "not a whole backup" in answer.output
