"""Storage keeps files whole under checked names, on every kind of store and in every process."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from obstore.exceptions import PermissionDeniedError

from shop.config import ROOT
from shop.core.db import writing
from shop.core.storage import Storage, open_storage, public_name
from tests.s3 import s3_server

KEY = b"k" * 32
DIGEST = "ab" * 32


@pytest.fixture(params=["folder", "file", "memory", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "s3":
        with s3_server() as (url, _):
            yield open_storage(url)
    else:
        folder = tmp_path / "chợ phiên"
        yield open_storage({"folder": str(folder), "file": folder.as_uri(), "memory": "memory://"}[request.param])


def test_a_file_comes_back_as_it_went(kept: Storage) -> None:
    kept.put("private/drafts/a.jpg", b"first", "image/jpeg")
    kept.put("private/drafts/a.jpg", b"second", "image/jpeg")
    kept.put("private/none", b"", "image/jpeg")
    assert kept.get("private/drafts/a.jpg") == b"second"
    assert kept.get("private/none") == b""
    assert kept.exists("private/drafts/a.jpg")


def test_a_missing_file_is_said_to_be_missing(kept: Storage) -> None:
    assert not kept.exists("private/a")
    for call in (kept.get, kept.stream, lambda name: kept.copy(name, "public/a")):
        with pytest.raises(FileNotFoundError):
            call("private/a")


def test_delete_is_fine_twice(kept: Storage) -> None:
    kept.put("public/a.jpg", b"x", "image/jpeg")
    kept.delete("public/a.jpg")
    kept.delete("public/a.jpg")
    assert not kept.exists("public/a.jpg")


def test_stream_gives_pieces(kept: Storage) -> None:
    data = bytes(range(256)) * 4000
    kept.put("private/big", data, "application/octet-stream")
    pieces = list(kept.stream("private/big"))
    assert b"".join(pieces) == data
    assert all(type(piece) is bytes for piece in pieces)


def test_copies_can_be_made_again_and_removed_whole(kept: Storage) -> None:
    kept.put("private/a.jpg", b"photo", "image/jpeg")
    kept.copy("private/a.jpg", "public/b.jpg")
    kept.copy("private/a.jpg", "public/b.jpg")
    kept.delete("private/a.jpg")
    assert kept.get("public/b.jpg") == b"photo"
    kept.delete("public/b.jpg")
    assert list(kept.list("public/")) == []


def test_no_trace_of_a_copy_stays_in_the_folder(tmp_path: Path) -> None:
    kept = open_storage(str(tmp_path))
    kept.put("private/a.jpg", b"photo", "image/jpeg")
    for _ in range(2):
        kept.copy("private/a.jpg", "public/b.jpg")
    kept.delete("public/b.jpg")
    assert list((tmp_path / "public").iterdir()) == []


def test_list_goes_down_folders_and_not_beside_them(kept: Storage) -> None:
    for name in ("private/drafts/1/a", "private/drafts/2", "private/drafts2/b", "public/c"):
        kept.put(name, b"x", "text/plain")
    assert set(kept.list("private/drafts/")) == {"private/drafts/1/a", "private/drafts/2"}
    assert len(set(kept.list("private/"))) == 3
    assert list(kept.list("public/none/")) == []


def test_s3_keeps_the_kind_of_file_and_the_prefix() -> None:
    with s3_server() as (url, files):
        kept = open_storage(url)
        kept.put("public/a.avif", b"x", "image/avif")
        kept.copy("public/a.avif", "private/b")
        assert files == {"media/public/a.avif": (b"x", "image/avif"), "media/private/b": (b"x", "image/avif")}


def test_a_wrong_key_is_an_error_not_a_missing_file() -> None:
    with s3_server() as (url, _), pytest.raises(PermissionDeniedError):
        open_storage(url.replace("=tester", "=thief")).exists("public/a")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a",
        "public",
        "public/",
        "secret/a",
        "private/../public/a",
        "private/a..b",
        "/private/a",
        "private//a",
        "private/a/",
        "private/./a",
        "private/a/.b",
        "private/A",
        "private/ả",
        "private/a\n",
        "private/a b",
        "private/a\\b",
        "private/-a",
        "private/a#1",
        "private/%2e%2e",
    ],
)
def test_bad_names_are_refused_everywhere(tmp_path: Path, name: str) -> None:
    kept = open_storage(str(tmp_path))
    calls = [kept.get, kept.exists, kept.delete, kept.stream, lambda n: kept.put(n, b"x", "text/plain")]
    for call in [*calls, lambda n: kept.copy(n, "public/a"), lambda n: kept.copy("public/a", n)]:
        with pytest.raises(ValueError, match="storage name"):
            call(name)


@pytest.mark.parametrize("prefix", ["", "/", "private", "public/../", "priv", "private/.x/"])
def test_bad_folders_are_refused(tmp_path: Path, prefix: str) -> None:
    with pytest.raises(ValueError, match="storage name"):
        open_storage(str(tmp_path)).list(prefix)


@pytest.mark.parametrize("url", ["", "http://a/b", "gs://bucket", "ftp://x"])
def test_other_kinds_of_store_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="STORAGE_URL"):
        open_storage(url)


def test_nothing_is_made_before_the_first_use(tmp_path: Path) -> None:
    open_storage(str(tmp_path / "media"))
    assert not (tmp_path / "media").exists()


def test_public_names_tell_nothing_without_the_key() -> None:
    name = public_name(KEY, DIGEST, 480, "avif")
    assert name == public_name(KEY, DIGEST, 480, "avif")
    assert len(name) == len("public/") + 32 + len("-480.avif")
    assert name.endswith("-480.avif")
    assert public_name(b"other" * 8, DIGEST, 480, "avif") != name
    assert public_name(KEY, "cd" * 32, 480, "avif") != name
    for bad in ((b"", DIGEST, 480, "avif"), (KEY, "ab", 480, "avif"), (KEY, DIGEST, 480, "a/../b")):
        with pytest.raises(ValueError, match="name"):
            public_name(*bad)


def test_no_storage_inside_a_transaction(app: Flask, storage: Storage) -> None:
    calls = [storage.get, storage.exists, storage.delete, storage.stream, storage.list]
    with app.app_context(), writing():
        for call in [*calls, lambda n: storage.put(n, b"", ""), lambda n: storage.copy(n, n)]:
            with pytest.raises(RuntimeError, match="inside writing"):
                call("private/a")


WORKERS = """
import os, sys, subprocess
from shop.core.storage import open_storage

kept = open_storage(sys.argv[1])
CHILD = "import sys; from shop.core.storage import open_storage; k = open_storage(sys.argv[1]);" \
        "k.put(sys.argv[2] + '-child', k.get(sys.argv[2]), 'text/plain')"

def worker(number):
    name = f"private/{number}"
    kept.put(name, name.encode(), "text/plain")
    assert kept.get(name) == name.encode()
    subprocess.run([sys.executable, "-c", CHILD, sys.argv[1], name], check=True, timeout=30)
    assert kept.get(name + "-child") == name.encode()

def forked(work, *args):
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(*args)
            code = 0
        finally:
            os._exit(code)
    return pid

pids = [forked(worker, number) for number in (1, 2)]
assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0]

def refused():
    try:
        kept.get("private/1")
    except RuntimeError as error:
        assert "forked" in str(error)
    else:
        raise AssertionError

assert kept.get("private/2") == b"private/2"
assert os.waitstatus_to_exitcode(os.waitpid(forked(refused), 0)[1]) == 0
"""


def test_forked_workers_and_their_children_put_and_get(tmp_path: Path) -> None:
    # One Storage made before the fork, as wsgi.py makes it; a use before the fork is refused instead of hanging.
    command = [sys.executable, "-W", "ignore", "-c", WORKERS, str(tmp_path)]
    subprocess.run(command, check=True, timeout=60, cwd=ROOT)
    assert (tmp_path / "private" / "2-child").read_bytes() == b"private/2"
