"""Files of the market by name: a local folder, S3, or memory for tests; `private/` and `public/` are kept apart."""

import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from shop.core.db import forbid_in_writing

if TYPE_CHECKING:
    from obstore.store import LocalStore, MemoryStore, S3Config, S3Store

    Store = LocalStore | MemoryStore | S3Store

CHUNK_BYTES = 64 * 1024
_NAME = re.compile(r"(private|public)/[a-z0-9][a-z0-9/._-]*")
_DIGEST = re.compile(r"[0-9a-f]{64}")

# obstore's engine of threads is one per process and does not survive a fork (a call in the child would hang for ever).
_first_user: int | None = None


def open_storage(url: str) -> "Storage":
    """Name the store: a path, `file:///path`, `s3://bucket/prefix?region=...&endpoint=...` or `memory://`.

    The query of an S3 address takes obstore's S3 settings and `allow_http=true` for an endpoint without TLS; keys come
    from the environment (AWS_ACCESS_KEY_ID ...). Nothing is opened before the first use. Raises ValueError.
    """
    return Storage(url)


def public_name(media_key: bytes, digest: str, width: int, ext: str) -> str:
    """Name a public rendition: `public/<128-bit HMAC of the digest, hex>-<width>.<ext>`.

    Who holds a master's digest but not the media key cannot tell its public address. Raises ValueError.
    """
    if not media_key or not _DIGEST.fullmatch(digest):
        raise ValueError("a public name needs a media key and a SHA-256 digest in hex")
    code = hmac.new(media_key, digest.encode(), hashlib.sha256).hexdigest()[:32]
    return _checked(f"public/{code}-{width}.{ext}")


class Storage:
    """Whole files under checked names; every call raises ValueError for a bad name, RuntimeError inside `writing()`."""

    def __init__(self, url: str) -> None:
        scheme = urlsplit(url).scheme
        if not url or scheme not in {"", "file", "s3", "memory"}:
            raise ValueError("STORAGE_URL must be a folder, file:///folder, s3://bucket/prefix or memory://")
        self._url = url
        place = unquote(urlsplit(url).path) if scheme else url
        self._folder = Path(place).absolute() if scheme in {"", "file"} else None
        self._stores: dict[int, Store] = {}

    def put(self, name: str, data: bytes, content_type: str) -> None:
        """Keep `data` whole under `name`, or not at all; what was there before is replaced."""
        store = self._store(name)
        if self._folder is None:
            store.put(name, data, attributes={"Content-Type": content_type})
            return
        store.put(name, data)
        if name.startswith("private/"):  # these cannot be drawn again: on the disk before the database names them
            with (self._folder / name).open("rb") as kept:
                os.fsync(kept.fileno())

    def get(self, name: str) -> bytes:
        """Give the whole file; raises FileNotFoundError."""
        return bytes(self._store(name).get(name).bytes())

    def stream(self, name: str) -> Iterator[bytes]:
        """Give the file in pieces of about 64 KiB; raises FileNotFoundError at once, not at the first piece."""
        found = self._store(name).get(name)
        return (bytes(piece) for piece in found.stream(CHUNK_BYTES))

    def exists(self, name: str) -> bool:
        """Say whether there is such a file."""
        try:
            self._store(name).head(name)
        except FileNotFoundError:
            return False
        return True

    def delete(self, name: str) -> None:
        """Remove the file; a missing one is fine."""
        with suppress(FileNotFoundError):
            self._store(name).delete(name)

    def copy(self, source: str, target: str) -> None:
        """Put the same bytes under a second name; raises FileNotFoundError."""
        store = self._store(source, target)
        if self._folder is None:
            store.copy(source, target)
        else:  # obstore links files, and a second copy would leave its half-made name behind, out of `delete`'s reach
            store.put(target, store.get(source).bytes())

    def list(self, prefix: str) -> Iterator[str]:
        """Give the names below a folder (`private/`, `public/drafts/`), in no order."""
        if prefix not in {"private/", "public/"}:
            _checked(prefix.rstrip("/"))
        stream = self._store().list(prefix, chunk_size=1000)
        return (item["path"] for batch in stream for item in batch if _NAME.fullmatch(item["path"]))

    def _store(self, *names: str) -> "Store":
        global _first_user  # noqa: PLW0603 - a fact about the process, not about one storage
        forbid_in_writing("storage")
        for name in names:
            _checked(name)
        pid = os.getpid()
        if _first_user not in {None, pid}:
            raise RuntimeError("storage was used before this process was forked: fork first, or exec")
        _first_user = pid
        return self._stores.get(pid) or self._stores.setdefault(pid, self._opened())

    def _opened(self) -> "Store":
        from obstore.store import LocalStore, MemoryStore, S3Store

        if self._folder is not None:
            return LocalStore(self._folder, mkdir=True)
        parts = urlsplit(self._url)
        if parts.scheme == "memory":
            return MemoryStore()
        settings = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        allow_http = settings.pop("allow_http", "false") == "true"
        return S3Store(
            parts.netloc,
            prefix=unquote(parts.path).strip("/") or None,
            config=cast("S3Config", {"disable_bulk_delete": True, **settings}),
            client_options={"allow_http": allow_http, "connect_timeout": timedelta(seconds=5)},
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
        )


def _checked(name: str) -> str:
    parts = name.split("/")
    if not _NAME.fullmatch(name) or ".." in name or any(not part or part.startswith(".") for part in parts):
        raise ValueError(f"not a storage name: {name!r}")
    return name
