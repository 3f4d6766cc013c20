"""flask backup: database and media in one file, with digests, while the market goes on selling."""

import hashlib
import io
import json
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from shop.cli import rows
from shop.core import clock, migrate
from shop.core.db import db

FORMAT = "cho-phien backup 1"


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def command(folder: Path) -> None:
    """Write a backup into FOLDER and print its name and digest."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"market-{clock.now():%Y%m%d-%H%M%S}.tar"
    half = target.with_suffix(".half")
    with tarfile.open(half, "w") as archive:
        write(archive)
    half.replace(target)
    digest = digest_of(target)
    target.with_suffix(".tar.sha256").write_text(f"{digest}  {target.name}\n", encoding="utf-8")
    click.echo(f"{target}\nSHA-256 {digest}")


def digest_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(archive: tarfile.TarFile) -> None:
    """Put every table, from one snapshot, then every file into the archive; the list of digests comes last."""
    manifest: dict[str, Any] = {"format": FORMAT, "at": clock.now().isoformat(), "files": {}, "rows": {}}
    engine = db.engine.execution_options(isolation_level="REPEATABLE READ") if _postgres() else db.engine
    with engine.connect() as connection, connection.begin():
        manifest["migration"] = migrate.present(connection)
        for table in rows.tables():
            with tempfile.TemporaryFile() as file:
                count = 0
                for line in rows.lines(connection, table):
                    file.write(line.encode() + b"\n")
                    count += 1
                manifest["rows"][table.name] = count
                _add(archive, manifest, f"tables/{table.name}.jsonl", file)
    storage = current_app.extensions["storage"]
    for prefix in ("private/", "public/"):
        for name in sorted(storage.list(prefix)):
            _add(archive, manifest, f"media/{name}", io.BytesIO(storage.get(name)))
    _add(archive, {"files": {}}, "manifest.json", io.BytesIO(json.dumps(manifest, indent=1).encode()))


def _postgres() -> bool:
    return bool(db.engine.dialect.name == "postgresql")


def _add(archive: tarfile.TarFile, manifest: dict[str, Any], name: str, file: Any) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    manifest["files"][name] = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, file)
