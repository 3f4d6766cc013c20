"""What was gathered, as one ZIP: a file for people, a file for machines, and on the way out the person's own files."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from flask import current_app

from shop.core.i18n import use_language
from shop.core.present import settings
from shop.core.storage import Storage
from shop.privacy.files import places


def packed(data: dict[str, list[dict[str, Any]]], language: str) -> bytes:
    """Return a ZIP with index.html in the person's language and data.json."""
    with use_language(language):
        page = current_app.jinja_env.get_template("shop/privacy/export.html").render(
            data=data, lang=language, market=settings().market_name
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("index.html", page)
        parcel.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
    return file.getvalue()


class _Pipe(io.RawIOBase):
    """What is written can be taken away at once: a ZIP of any size needs no more room than one piece of a file."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say that one may write here."""
        return True

    def write(self, piece: Any) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


def streamed(parcel: bytes, storage: Storage) -> Iterator[bytes]:
    """Yield the kept ZIP with the files it lists added to it, piece by piece; a file that is gone is passed over."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as sent:
        with zipfile.ZipFile(io.BytesIO(parcel)) as kept:
            for name in kept.namelist():
                sent.writestr(name, kept.read(name), zipfile.ZIP_DEFLATED)
            listed = json.loads(kept.read("data.json")).get("files", [])
        for path, name in places(row["path"] for row in listed if "path" in row):
            try:
                pieces = storage.stream(name)
            except FileNotFoundError:
                continue
            with sent.open(path, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def file_name(code: str) -> str:
    """Return where the file of a request lies in the storage."""
    return f"private/exports/{code.lower()}.zip"
