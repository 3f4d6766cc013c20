"""A village network between a browser and the market: late, narrow, counted, and gone when a test says so."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 4096  # bytes
SLOW_3G = {"delay": 0.2, "rate": 50_000}  # seconds one way, bytes a second each way
FAST = {"delay": 0.0, "rate": 1e9}  # where bytes are counted, not seconds


class Network:
    """A loopback forward proxy for one host. `sent` and `received` count bytes as the phone sees them."""

    def __init__(self, target: str, delay: float, rate: float) -> None:
        self.host, self.port = urlsplit(target).hostname, urlsplit(target).port
        self.delay, self.rate = delay, rate
        self.sent = self.received = 0
        self.is_on = True
        self.url = ""
        self._free = {"up": 0.0, "down": 0.0}
        self._open: set[asyncio.StreamWriter] = set()
        self.ready = threading.Event()

    def off(self) -> None:
        """Cut every connection and take no new one."""
        self.is_on = False
        self._loop.call_soon_threadsafe(self._cut)

    def on(self) -> None:
        """Let bytes through again."""
        self.is_on = True

    def run(self) -> None:
        """Serve until stop()."""
        asyncio.run(self._serve())

    def stop(self) -> None:
        """End; whoever is still connected is cut."""
        self._loop.call_soon_threadsafe(self._over.set)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.ready.set()
        await self._over.wait()
        server.close()
        self._cut()

    def _cut(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _connected(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if not self.is_on:
            back.transport.abort()
            return
        self._open.add(back)  # the network may go during the handshake
        await asyncio.sleep(2 * self.delay)
        market, forth = await asyncio.open_connection(self.host, self.port)
        self._open.add(forth)
        if not self.is_on:
            self._cut()
        try:
            with suppress(asyncio.CancelledError):
                await asyncio.gather(self._carry("up", phone, forth), self._carry("down", market, back))
        finally:
            self._open -= {back, forth}
            for writer in (back, forth):
                writer.close()

    async def _carry(self, way: str, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        landing = asyncio.ensure_future(self._land(flying, target))
        with suppress(OSError):
            while data := await source.read(CHUNK):
                self._count(way, len(data))
                left = self._free[way] = max(self._free[way], self._loop.time()) + len(data) / self.rate
                flying.put_nowait((left + self.delay, data))
                await asyncio.sleep(left - self._loop.time())
        flying.put_nowait((0, b""))
        await landing

    async def _land(self, flying: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while True:
                due, data = await flying.get()
                if not data:
                    target.write_eof()
                    return
                await asyncio.sleep(due - self._loop.time())
                target.write(data)
                await target.drain()

    def _count(self, way: str, size: int) -> None:
        if way == "up":
            self.sent += size
        else:
            self.received += size


@contextmanager
def village(target: str, delay: float = SLOW_3G["delay"], rate: float = SLOW_3G["rate"]) -> Iterator[Network]:
    """Run a network, slow 3G unless told, in front of `target` (an address of the market)."""
    network = Network(target, delay, rate)
    thread = threading.Thread(target=network.run, daemon=True)
    thread.start()
    network.ready.wait(10)
    try:
        yield network
    finally:
        network.stop()
        thread.join(10)
