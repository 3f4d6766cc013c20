"""A line to the market that breaks when told to: a loopback proxy that lets bytes through until it does not."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

BLOCK = 16 * 1024
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: close() sends RST, as when the radio of a phone goes off


class Line(ThreadingTCPServer):
    """Goes between one client and the market; `url` is where the client finds it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, market_url: str) -> None:
        parts = urlsplit(market_url)
        self.far_end = (str(parts.hostname), int(parts.port or 80))
        super().__init__(("127.0.0.1", 0), Passage)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.let_through: int | None = None  # bytes of a PATCH, with its head, until the line breaks
        self.lose_answer = False  # the next answer to a PATCH does not arrive
        self.rudely = False  # break with RST instead of FIN
        self.breaks = 0

    def break_in_patch(self, after: int, *, rudely: bool = False) -> None:
        """Break once, when this many bytes of a PATCH have gone through."""
        self.let_through, self.rudely = after, rudely

    def break_before_answer(self) -> None:
        """Break once, when the market has answered a PATCH."""
        self.lose_answer = True


class Passage(BaseRequestHandler):
    """One connection, both ways."""

    server: Line

    def handle(self) -> None:
        self.sent = -1  # bytes of the PATCH that is under way; -1: another request is
        self.far = socket.create_connection(self.server.far_end)
        back = threading.Thread(target=self._pass_back, daemon=True)
        back.start()
        with suppress(OSError):
            while block := self.request.recv(BLOCK):
                self._pass_on(block)
        with suppress(OSError):
            self.far.shutdown(socket.SHUT_WR)
        back.join(timeout=30)
        self.far.close()

    def _pass_on(self, block: bytes) -> None:
        method = block.split(b" ", 1)[0]
        if method in {b"POST", b"HEAD", b"PATCH", b"DELETE", b"GET"}:
            self.sent = 0 if method == b"PATCH" else -1
        most = self.server.let_through
        if self.sent >= 0 and most is not None and self.sent + len(block) > most:
            self.far.sendall(block[: most - self.sent])
            self.server.let_through = None
            self._break()
        self.far.sendall(block)
        if self.sent >= 0:
            self.sent += len(block)

    def _pass_back(self) -> None:
        with suppress(OSError):
            while block := self.far.recv(BLOCK):
                if self.sent >= 0 and self.server.lose_answer:
                    self.server.lose_answer = False
                    self._break()
                self.request.sendall(block)
            self.request.shutdown(socket.SHUT_WR)

    def _break(self) -> None:
        self.server.breaks += 1
        for end in (self.far, self.request):
            if self.server.rudely:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            # The other thread may be waiting on it; a socket that is waited on would not close.
            end.shutdown(socket.SHUT_RD if self.server.rudely else socket.SHUT_RDWR)
            end.close()
        raise ConnectionAbortedError


@contextmanager
def line_to(market_url: str) -> Iterator[Line]:
    """A line that holds until it is told to break; taken down at the end."""
    with Line(market_url) as line:
        thread = threading.Thread(target=line.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield line
        finally:
            line.shutdown()
            thread.join()
