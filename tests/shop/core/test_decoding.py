"""The child that decodes: it answers like the parent would, and its death is the photo's fault, not ours."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

import pytest
from flask import Flask

from shop.config import ROOT
from shop.core import decoding
from shop.core.db import writing
from shop.core.decoding import Decoder, decode_in_child, master_in_child, renditions_in_child, the_decoder
from shop.core.images import BadPhoto, Fault, make_master, make_renditions
from tests import photos


@cache
def slow_photo() -> bytes:
    """About a second of work for the child."""
    return photos.saved(photos.scene(6000, 4500), "PNG", compress_level=1)


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    the_decoder.close()


def child_pid() -> int:
    assert the_decoder.child is not None
    return the_decoder.child.pid


def test_the_child_answers_as_the_parent_would() -> None:
    data = photos.jpeg(800, 600, orientation=6)
    master, drawn = decode_in_child(data)
    assert master == make_master(data) == master_in_child(data)
    assert drawn == make_renditions(master.data) == renditions_in_child(master.data)


def test_one_child_does_many_jobs() -> None:
    master_in_child(photos.jpeg())
    first = child_pid()
    for data in (photos.jpeg()[:5000], photos.png_claiming(65_536, 65_536), photos.heif()[:900]):
        with pytest.raises(BadPhoto):
            master_in_child(data)
    master_in_child(photos.jpeg())
    assert child_pid() == first


@pytest.mark.race  # it watches one process through many jobs: nothing else may lean on the machine or the child
def test_wrecks_neither_kill_nor_fatten_the_child() -> None:
    master_in_child(photos.jpeg(2000, 1500))
    first, before = child_pid(), resident_megabytes()
    for seed in range(photos.SEEDS // 2):
        with suppress(BadPhoto):
            master_in_child(photos.mutated(photos.jpeg(2000, 1500), seed))
    assert child_pid() == first
    assert resident_megabytes() - before < 50


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (photos.pdf(), Fault.NOT_A_PHOTO),
        (photos.jpeg()[:5000], Fault.CUT_SHORT),
        (photos.png_claiming(65_536, 65_536), Fault.TOO_MANY_PIXELS),
        (photos.webp_claiming(16_383, 16_383), Fault.TOO_MANY_PIXELS),
        (photos.moving(frames=65), Fault.MOVING),
    ],
)
def test_faults_come_back_by_name(data: bytes, fault: Fault) -> None:
    with pytest.raises(BadPhoto) as refused:
        master_in_child(data)
    assert refused.value.fault is fault


def test_a_worn_child_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "JOBS_PER_CHILD", 2)
    pids = []
    for _ in range(4):
        master_in_child(photos.jpeg(64, 48))
        pids.append(child_pid())
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_child_killed_while_idle_costs_nobody_a_photo() -> None:
    master_in_child(photos.jpeg())
    os.kill(child_pid(), signal.SIGKILL)
    time.sleep(0.1)
    assert master_in_child(photos.jpeg()).width == 640


def test_a_child_that_left_is_replaced_unseen() -> None:
    master_in_child(photos.jpeg())
    left = the_decoder.child
    assert left is not None
    left._jobs.close()  # what the child sees is the same as five idle minutes: it leaves with 0
    left._jobs = open(os.devnull, "wb", buffering=0)  # noqa: SIM115, PTH123 - and we have not noticed yet
    assert master_in_child(photos.jpeg()).width == 640
    assert the_decoder.child is not left


def test_a_crash_is_the_photos_fault_and_the_next_one_is_served() -> None:
    master_in_child(photos.jpeg())
    first = child_pid()
    photo = slow_photo()
    threading.Timer(0.2, os.kill, (first, signal.SIGSEGV)).start()
    with pytest.raises(BadPhoto) as refused:
        master_in_child(photo)
    assert refused.value.fault is Fault.UNREADABLE
    assert master_in_child(photos.jpeg()).width == 640
    assert child_pid() != first


def test_a_photo_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    master_in_child(photos.jpeg())
    monkeypatch.setattr(decoding, "WALL_SECONDS", 0.2)
    photo, start = slow_photo(), time.perf_counter()
    with pytest.raises(BadPhoto):
        master_in_child(photo)
    assert time.perf_counter() - start < 1
    monkeypatch.undo()
    assert master_in_child(photos.jpeg()).width == 640


def test_the_child_is_held_to_little_memory_and_time_and_has_no_secrets() -> None:
    master_in_child(photos.jpeg())
    limits = {line[:26].strip(): line[26:].split() for line in _proc("limits").decode().splitlines()}
    assert int(limits["Max address space"][0]) == 1536 * 1024**2
    assert int(limits["Max cpu time"][0]) <= 15
    assert limits["Max file size"][0] == "0"
    assert b"PATH=" not in _proc("environ")
    assert b"PYTEST" not in _proc("environ")


def _proc(name: str) -> bytes:
    path = f"/proc/{child_pid()}/{name}"
    if not os.path.exists(path):  # noqa: PTH110
        pytest.skip("no /proc here")
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def resident_megabytes() -> float:
    line = next(line for line in _proc("status").decode().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def test_threads_take_turns() -> None:
    data = [photos.jpeg(200 + number, 100) for number in range(12)]
    with ThreadPoolExecutor(6) as crew:
        widths = [master.width for master in crew.map(master_in_child, data)]
    assert widths == [200 + number for number in range(12)]


def test_a_forked_process_gets_a_child_of_its_own() -> None:
    code = (
        "import os\nfrom tests import photos\nfrom shop.core import decoding as d\n"
        "data = photos.jpeg(); d.master_in_child(data); mine = d.the_decoder.child.pid\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    ok = d.the_decoder.child is None and d.master_in_child(data).width == 640\n"
        "    ok = ok and d.the_decoder.child.pid != mine\n"
        "    d.the_decoder.close(); os._exit(0 if ok else 1)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0\n"
        "assert d.master_in_child(data).width == 640 and d.the_decoder.child.pid == mine\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60, cwd=ROOT)


def test_the_child_leaves_with_its_parent() -> None:
    code = (
        "import os\nfrom tests import photos\nfrom shop.core import decoding as d\n"
        "d.master_in_child(photos.jpeg()); print(d.the_decoder.child.pid, flush=True); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, timeout=60, cwd=ROOT, check=False)
    pid = int(done.stdout)
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the decoder outlived its parent by five seconds")


def test_a_decoder_that_cannot_start_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding.sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="does not start"):
        Decoder().run(b"master", photos.jpeg())


def test_no_decoding_inside_a_transaction(app: Flask) -> None:
    for call in (master_in_child, renditions_in_child, decode_in_child):
        with app.app_context(), writing(), pytest.raises(RuntimeError, match="inside writing"):
            call(photos.jpeg())
