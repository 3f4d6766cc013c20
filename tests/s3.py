"""A small S3 on loopback for tests: put, get, head, delete, copy and list; it insists on a signature."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

Files = dict[str, tuple[bytes, str]]
_STAMP = "Thu, 01 Jan 2026 00:00:00 GMT"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    files: Files = {}

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).split("/", 2)[2]  # /bucket/key

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if not self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 Credential=tester/"):
            self.answer(403)
            return False
        return True

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Last-Modified": _STAMP, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        source = self.headers.get("x-amz-copy-source")
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if source is None:
            self.files[self.key] = (data, self.headers.get("Content-Type", ""))
            return self.answer(200, ETag='"1"')
        kept = self.files.get(unquote(source).lstrip("/").split("/", 1)[1])
        if kept is None:
            return self.answer(404)
        self.files[self.key] = kept
        return self.answer(200, b"<CopyObjectResult><ETag>1</ETag></CopyObjectResult>")

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            return self.answer(200, self.listed(query["prefix"][0]))
        kept = self.files.get(self.key)
        if kept is None:
            return self.answer(404)
        return self.answer(200, kept[0], ETag='"1"', Content_Type=kept[1])

    do_HEAD = do_GET  # noqa: N815 - the name http.server asks for

    def do_DELETE(self) -> None:
        known = self.files.pop(self.key, None)
        self.answer(204 if known else 404)

    def listed(self, prefix: str) -> bytes:
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(kept[0])}</Size><ETag>1</ETag>"
            "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
            for key, kept in self.files.items()
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()


@contextmanager
def s3_server() -> Iterator[tuple[str, Files]]:
    """Serve a bucket named `market`; gives its storage address and the files in it."""
    handler = type("Handler", (_Handler,), {"files": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    keys = "access_key_id=tester&secret_access_key=secret&region=test"
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        yield f"s3://market/media?endpoint={address}&allow_http=true&{keys}", handler.files
    finally:
        server.shutdown()
        server.server_close()
