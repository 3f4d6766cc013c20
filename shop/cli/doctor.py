"""flask doctor: is this installation set up as it should be? One line a question."""

import stat
import sys
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from shop.cli.settings_file import settings_path
from shop.core import migrate
from shop.core.db import db
from shop.core.present import settings


def questions() -> Iterator[tuple[str, bool, str]]:
    """Yield (question, is it well, what to do otherwise)."""
    present, path = settings(), settings_path()
    keys = (present.secret_key, present.media_key, present.seal_key)
    yield "Own secret keys", all(len(key) >= 32 for key in keys), "run 'flask setup'"
    private = not path.exists() or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    yield "Settings file is private", private, f"chmod 600 {path}"
    with db.engine.connect() as connection:
        current = migrate.present(connection) == migrate.newest()
    yield "Database is current", current, "run 'flask db upgrade'"
    yield "Media storage answers", _storage_answers(), "look at STORAGE_URL"
    yield "Mail goes out", bool(present.smtp_url), "set SMTP_URL; until then mails wait in their queue"
    yield "SMS go out", bool(present.sms_url), "set SMS_URL, SMS_API_KEY, SMS_SECRET_KEY; until then codes wait"
    yield "Phones can be told by push", bool(present.vapid_private_key), "run 'flask setup' (docs/recipes/push.md)"
    if present.zalo_speaks:
        yield "Zalo knows its templates", bool(present.zalo_templates), "set ZALO_TEMPLATES (docs/recipes/zalo.md)"
    yield "Hotline and operator are named", bool(present.hotline and present.operator), "set HOTLINE and OPERATOR"


def _storage_answers() -> bool:
    storage, name = current_app.extensions["storage"], "private/doctor/probe.txt"
    try:
        storage.put(name, b"well", "text/plain")
        return bool(storage.get(name) == b"well")
    except Exception:  # whatever the storage says, the answer is no
        return False
    finally:
        storage.delete(name)


@click.command("doctor")
@with_appcontext
def command() -> None:
    """Look at settings, database, storage and the ways out; fail when something is missing."""
    ill = 0
    for question, well, advice in questions():
        ill += not well
        click.echo(f"{'ok  ' if well else 'look'}  {question}" + ("" if well else f": {advice}"))
    if ill:
        sys.exit(1)
