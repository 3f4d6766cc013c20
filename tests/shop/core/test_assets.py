"""The static tree: one address per content, compressed twins, served for ever."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from werkzeug.test import Client

from shop.config import Settings
from shop.core import assets

CSS_BYTES = 10_000
JS_BYTES = 4_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    (static / "img").mkdir()
    (static / "css" / "00-layers.css").write_text("@layer base, components;\n")
    (static / "css" / "base.css").write_text("/* why */\n@layer base {\n  a { color: red; }\n}\n")
    (static / "img" / "photo.jpg").write_bytes(b"\xff\xd8not text")
    (static / ".hidden").write_text("never copied")
    return static


def served(out: Path) -> tuple[Client, str]:
    app = Flask("served", static_folder=None)
    app.extensions["settings"] = Settings(static_build=str(out))
    assets.init(app)
    asset = app.jinja_env.globals["asset"]
    return Client(app), asset("css/all.css")


def test_the_components_become_one_file_with_the_layers_first(source: Path, tmp_path: Path) -> None:
    tree = tmp_path / "out" / assets.build(source, tmp_path / "out")
    text = (tree / "css" / "all.css").read_text()
    assert text.startswith("@layer base, components;")
    assert "a { color: red; }" in text
    assert "why" not in text


def test_text_has_compressed_twins_and_pictures_have_none(source: Path, tmp_path: Path) -> None:
    tree = tmp_path / "out" / assets.build(source, tmp_path / "out")
    plain = (tree / "css" / "all.css").read_bytes()
    assert brotli.decompress((tree / "css" / "all.css.br").read_bytes()) == plain
    assert gzip.decompress((tree / "css" / "all.css.gz").read_bytes()) == plain
    assert not (tree / "img" / "photo.jpg.br").exists()
    assert not (tree / ".hidden").exists()


def test_the_address_changes_with_any_content_and_name(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = assets.build(source, out)
    assert assets.build(source, out) == first
    (source / "css" / "base.css").write_text("a{}")
    second = assets.build(source, out)
    (source / "css" / "base.css").rename(source / "css" / "basis.css")
    third = assets.build(source, out)
    assert len({first, second, third}) == 3
    assert (out / "digest").read_text() == third


def test_pages_kept_in_a_cache_still_find_the_tree_before(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    digests = []
    for turn in range(assets.KEPT_TREES + 2):
        (source / "css" / "base.css").write_text(f"a{{order:{turn}}}")
        digests.append(assets.build(source, out))
    kept = {path.name for path in out.iterdir() if path.is_dir()}
    assert digests[-1] in kept
    assert len(kept) == assets.KEPT_TREES


def test_files_are_served_for_ever_and_compressed(tmp_path: Path) -> None:
    client, address = served(tmp_path / "out")
    answer = client.get(address, headers={"Accept-Encoding": "br, gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_manifest_and_a_missing_file(tmp_path: Path) -> None:
    client, address = served(tmp_path / "out")
    manifest = client.get(address.replace("css/all.css", "manifest.webmanifest"))
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert client.get(address.replace("all.css", "none.css")).status_code == 404
    assert client.get("/static/../shop/config.py").status_code == 404


def test_style_and_scripts_of_a_buyer_page_fit_their_bytes() -> None:
    css = assets.joined_css(assets.SOURCE / "css")
    scripts = [(assets.SOURCE / "js" / name).read_bytes() for name in ("main.js", "stepper.js", "commune-select.js")]
    assert len(brotli.compress(css.encode(), quality=11)) <= CSS_BYTES
    assert sum(len(brotli.compress(script, quality=11)) for script in scripts) <= JS_BYTES


def test_every_symbol_a_template_names_is_in_the_sprite() -> None:
    sprite = (assets.SOURCE / "img" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([a-z_]+)"', sprite))
    templates = (assets.ROOT / "templates").rglob("*.html")
    named = {name for page in templates for name in re.findall(r'icon\("([a-z_]+)"', page.read_text(encoding="utf-8"))}
    assert named <= known
