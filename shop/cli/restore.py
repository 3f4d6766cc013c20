"""flask restore: a backup into an empty market, on either engine, recounted at the end."""

import hashlib
import json
import mimetypes
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.cli import rows
from shop.cli.backup import FORMAT
from shop.cli.db import bring_up
from shop.cli.verify import violations
from shop.core import migrate
from shop.core.db import db, writing


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def command(file: Path) -> None:
    """Bring a backup back into an empty database and its media; refuses a database that holds people."""
    with tarfile.open(file) as archive:
        manifest = _checked(archive)
        bring_up()
        if db.session.scalar(select(func.count(User.id))):
            raise click.ClickException("This database holds people already. Restore into an empty one.")
        if manifest["migration"] != migrate.newest():
            raise click.ClickException(
                f"This backup is of migration {manifest['migration']}. Install that version first."
            )
        db.session.rollback()
        count = _fill(archive)
        files = _media(archive)
    found = violations()
    for sentence in found:
        click.echo(sentence, err=True)
    click.echo(f"Restored {count} rows and {files} files; {len(found)} violations.")
    if found:
        raise SystemExit(1)


def _checked(archive: tarfile.TarFile) -> dict[str, Any]:
    """Read the list and compare every file with its digest, before anything is written."""
    try:
        manifest: dict[str, Any] = json.loads(_open(archive, "manifest.json").read())
    except (KeyError, ValueError):
        raise click.ClickException("This is not a whole backup: its list is missing.") from None
    if manifest.get("format") != FORMAT:
        raise click.ClickException("This is not a backup of this program.")
    for name, digest in manifest["files"].items():
        if hashlib.file_digest(_open(archive, name), "sha256").hexdigest() != digest:
            raise click.ClickException(f"{name} in this backup was changed or is damaged.")
    return manifest


def _open(archive: tarfile.TarFile, name: str) -> Any:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _lines(archive: tarfile.TarFile, table: str) -> Iterator[str]:
    return (line.decode() for line in _open(archive, f"tables/{table}.jsonl"))


def _fill(archive: tarfile.TarFile) -> int:
    count = 0
    with writing() as session:
        connection = session.connection()
        for table in reversed(rows.tables()):
            connection.execute(table.delete()) if table.name not in {"audit_entries", "audit_heads"} else None
        for table in rows.tables():
            count += rows.fill(connection, table, _lines(archive, table.name))
        rows.point_back(connection, _lines(archive, "products"))
        rows.move_sequences(connection)
        rows.learn_sizes(connection)
    return count


def _media(archive: tarfile.TarFile) -> int:
    storage, count = current_app.extensions["storage"], 0
    for member in archive.getmembers():
        if member.name.startswith("media/"):
            name = member.name.removeprefix("media/")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            storage.put(name, _open(archive, member.name).read(), kind)
            count += 1
    return count
