"""The words of tus 1.0.0: headers in, headers out; knows neither the database nor the storage."""

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from typing import IO

from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from products.uploads.models import Upload
from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
BYTES = "application/offset+octet-stream"
PIECE = 256 * 1024  # bytes; what a server that stops can cost at most
SIP = 16 * 1024  # bytes; what a reset can cost at most: the server's own read drops what it holds when it fails


class BadRequest(DomainError):
    """The client does not speak the protocol."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_l("The phone sent something the market cannot read. Open the page again."))


def read_metadata(header: str) -> dict[str, str]:
    """Return the pairs of an `Upload-Metadata` header: a key, a space, the value in base64; raises BadRequest."""
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, coded = pair.partition(" ")
        try:
            found[key] = b64decode(coded.strip(), validate=True).decode()
        except (BadBase64, ValueError) as error:
            raise BadRequest from error
    return found


def read_number(text: str | None) -> int:
    """Return a header's number of bytes; raises BadRequest where it is none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 15:
        raise BadRequest
    return int(text)


def pieces(stream: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield what comes, in pieces of 256 KB, at most `most` bytes; a cut ends it, and what came before is yielded."""
    left, cut = most, False
    while left > 0 and not cut:
        piece = bytearray()
        try:
            while (wanted := min(PIECE, left) - len(piece)) and (got := stream.read(min(SIP, wanted))):
                piece += got
        except (ClientDisconnected, OSError):
            cut = True
        if not piece:
            return
        left -= len(piece)
        yield bytes(piece)


def state_headers(upload: Upload) -> dict[str, str]:
    """Return how far an upload is, as headers; never to be cached."""
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Length": str(upload.length),
        "Upload-Expires": http_date(upload.expires_at),
        "Cache-Control": "no-store",
        **({"Upload-Result": upload.digest} if upload.digest else {}),
    }


def server_headers(most: int, asked: str | None) -> dict[str, str]:
    """Return what the server speaks; to a client of another version, or none yet, also all it can do."""
    told = {"Tus-Resumable": VERSION}
    return told if asked == VERSION else told | {
        "Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(most),
    }  # fmt: skip
