"""Loads one address and says how fast the answers came: by wrk where it is installed, else by threads of our own."""

import re
import shutil
import subprocess
import threading
import time
from http.client import HTTPConnection
from typing import NamedTuple
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
    return (_by_wrk if shutil.which("wrk") else _by_threads)(url, seconds, cookie)


def tool() -> str:
    """What measures here."""
    return "wrk" if shutil.which("wrk") else "threads in Python, which share the cores: take the ratios"


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


def _by_threads(url: str, seconds: int, cookie: str) -> Speed:
    times: list[float] = []
    faults: list[int] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        parts = urlsplit(url)
        while time.monotonic() < end:
            began = time.perf_counter()
            connection = HTTPConnection(parts.netloc, timeout=30)
            connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                faults.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise Unwell(f"{url}: {sorted(set(faults))}")
    times.sort()
    return Speed(len(times) / seconds, times[len(times) // 2], times[int(len(times) * 0.99)])
