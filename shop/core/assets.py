"""The static files: one built tree under /static/<digest>/, compressed once, kept by browsers for ever."""

import gzip
import hashlib
import re
import shutil
import tempfile
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from shop.config import ROOT

SOURCE = ROOT / "static"
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt"}
KEPT_TREES = 3  # pages kept in a cache still find the files of the deploys before
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def digest_of(static_dir: Path) -> str:
    """Return 12 hex digits of SHA-256 over every name and content in the tree."""
    total = hashlib.sha256()
    for path in _files(static_dir):
        content = path.read_bytes()
        total.update(f"{path.relative_to(static_dir).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:12]


def build(static_dir: Path, out_dir: Path) -> str:
    """Make out_dir/<digest>/ from the tree, with css/all.css and .br and .gz twins, and return the digest.

    A tree already there is left alone; another process may build at the same time: a tree is moved in whole.
    """
    digest = digest_of(static_dir)
    target = out_dir / digest
    if not target.is_dir():
        out_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out_dir, prefix=".new-") as scratch:
            tree = Path(scratch) / "tree"
            _copy(static_dir, tree)
            _compress(tree)
            try:
                tree.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
    (out_dir / "digest").write_text(digest, encoding="ascii")
    _forget_old_trees(out_dir, digest)
    return digest


def init(app: Flask) -> None:
    """Serve the built tree by WhiteNoise, building it first when it is stale, and give templates `asset(path)`."""
    out_dir = Path(app.extensions["settings"].static_build)
    digest = build(SOURCE, out_dir)
    static = WhiteNoise(
        app.wsgi_app, max_age=None, allow_all_origins=False, immutable_file_test=r"^/static/[0-9a-f]{12}/",
        mimetypes={".webmanifest": "application/manifest+json"}, add_headers_function=_harden,
    )  # fmt: skip
    for tree in _trees(out_dir):
        static.add_files(str(tree), prefix=f"static/{tree.name}/")
    app.wsgi_app = static  # type: ignore[method-assign]

    def asset(path: str) -> str:
        return f"/static/{digest}/{path}"

    app.jinja_env.globals["asset"] = asset


def joined_css(css_dir: Path) -> str:
    """Return every component file in one text: 00-layers.css first, then by name; the layers set the order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(css_dir.glob("*.css"))]
    lines = (line.strip() for line in COMMENT.sub("", "\n".join(texts)).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path.relative_to(folder)))


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _copy(static_dir: Path, tree: Path) -> None:
    for path in _files(static_dir):
        place = tree / path.relative_to(static_dir)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    if (static_dir / "css").is_dir():
        (tree / "css" / "all.css").write_text(joined_css(static_dir / "css"), encoding="utf-8")


def _compress(tree: Path) -> None:
    for path in _files(tree):
        if path.suffix in COMPRESSED:
            content = path.read_bytes()
            path.with_name(path.name + ".br").write_bytes(brotli.compress(content, quality=11))
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


def _trees(out_dir: Path) -> list[Path]:
    return [path for path in out_dir.iterdir() if path.is_dir() and re.fullmatch("[0-9a-f]{12}", path.name)]


def _forget_old_trees(out_dir: Path, digest: str) -> None:
    old = sorted((tree for tree in _trees(out_dir) if tree.name != digest), key=lambda tree: tree.stat().st_mtime)
    for tree in old[: max(0, len(old) - KEPT_TREES + 1)]:
        shutil.rmtree(tree, ignore_errors=True)


def _harden(headers: object, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"  # type: ignore[index]
    headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index]
