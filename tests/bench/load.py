"""Loads one address and says how fast the answers came: by wrk where it is installed, else by bare sockets."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Speed(NamedTuple):
    """Requests a second, and the times in milliseconds that half and 99 % of the answers stayed under."""

    rps: float
    p50_ms: float
    p99_ms: float


class Unwell(RuntimeError):
    """Some answers were no success: there is nothing to measure."""


def measure(url: str, seconds: int, cookie: str = "") -> Speed:
    """Ask for `url` on 8 connections for some seconds, as whom the cookie says; raises Unwell."""
    return (_by_wrk if shutil.which("wrk") else _by_sockets)(url, seconds, cookie)


def tool() -> str:
    """What measures here."""
    return "wrk" if shutil.which("wrk") else "bare sockets in Python, which share the cores: take the ratios"


def _by_wrk(url: str, seconds: int, cookie: str) -> Speed:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-H", f"Cookie: {cookie}", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors: connect" in told:
        raise Unwell(f"{url}:\n{told}")
    times = {
        share: float(number) * UNITS[unit] for share, number, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)", told)
    }
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if rate is None:
        raise Unwell(told)
    return Speed(float(rate[1]), times["50"], times["99"])


def _by_sockets(url: str, seconds: int, cookie: str) -> Speed:
    """One thread, eight bare sockets: less work a request than any client library, for the cores are shared."""
    parts = urlsplit(url)
    place = (str(parts.hostname), parts.port or 80)
    head = f"GET {parts._replace(scheme='', netloc='').geturl()} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    request = (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()
    times: list[float] = []
    with selectors.DefaultSelector() as waiting:
        for _ in range(CONNECTIONS):
            _asked(waiting, _opened(place), request)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, _events in waiting.select(1):
                line: Any = key.fileobj
                began, read = key.data
                piece = line.recv(262_144)
                read += piece
                if not (rest := _missing(url, read, piece)):
                    times.append((time.perf_counter() - began) * 1000)
                    waiting.unregister(line)
                    if rest is None:
                        line.close()
                        line = _opened(place)
                    _asked(waiting, line, request)
        for key in list(waiting.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
    times.sort()
    return Speed(len(times) / seconds, times[len(times) // 2], times[int(len(times) * 0.99)])


def _opened(place: tuple[str, int]) -> socket.socket:
    line = socket.create_connection(place, timeout=30)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _asked(waiting: selectors.BaseSelector, line: socket.socket, request: bytes) -> None:
    line.sendall(request)
    waiting.register(line, selectors.EVENT_READ, (time.perf_counter(), bytearray()))


def _missing(url: str, read: bytearray, piece: bytes) -> int | None:
    """How many bytes are to come: 0 for a whole answer whose line stays open, None for one whose line is closed."""
    head, found, body = read.partition(b"\r\n\r\n")
    if not piece or (found and not head.startswith(b"HTTP/1.1 200")):
        raise Unwell(f"{url}: {bytes(head[:200])!r}")
    length = re.search(rb"(?i)\r\nContent-Length: *(\d+)", head) if found else None
    if length is None or len(body) < int(length[1]):
        return 1
    return None if re.search(rb"(?i)\r\nConnection: *close", head) else 0
