"""The demo's photographs: which there are, which belong to a product, and drawing them all on two processors."""

import io
import json
import multiprocessing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

DATA = Path(__file__).resolve().parent / "data"
QUALITY = 88  # JPEG
LANDS = ("terraces", "tea", "forest", "orchard", "garden", "pond", "pasture", "village")
SENDING = ("parcel", "cool", "crate", "bottles", "cloth", "stall", "room")


@dataclass(frozen=True)
class MasterSpec:
    """One photograph to draw; many products share it, except a story's own."""

    key: str
    view: str  # front, label, land or send
    type_codes: tuple[str, ...]  # LC-001 …; () for places and packing
    pack: str  # shape of the pack, or the vessel; "" for places and packing
    look: str  # key in data/looks.json, or the name of a land or a way of packing
    story: str = ""  # key in data/stories.json: the label then names the producer


@lru_cache(maxsize=1)
def _looks() -> dict[str, Any]:
    looks: dict[str, Any] = json.loads((DATA / "looks.json").read_text(encoding="utf-8"))
    return looks


@lru_cache(maxsize=1)
def _stories() -> dict[str, dict[str, Any]]:
    stories = json.loads((DATA / "stories.json").read_text(encoding="utf-8"))["stories"]
    return {story["key"]: story for story in stories if story.get("label")}


@lru_cache(maxsize=1)
def _by_key() -> dict[str, dict[str, Any]]:
    return {look["key"]: look for look in _looks()["looks"]}


@lru_cache(maxsize=1)
def _by_type() -> dict[str, dict[str, Any]]:
    return {code: look for look in _looks()["looks"] for code in look["types"]}


@lru_cache(maxsize=1)
def _only() -> dict[str, str]:
    """Return types that one producer alone makes, with the story whose pictures they share."""
    return {story["type"]: key for key, story in _stories().items() if story.get("only")}


def _spec(view: str, look: dict[str, Any], story: str = "") -> MasterSpec:
    shape = look.get("pack", {}).get("shape") or look.get("dish") or look["scene"]
    name = story or look["key"]
    return MasterSpec(f"{name}-{view}", view, tuple(look["types"]), shape, look["key"], story)


@lru_cache(maxsize=1)
def masters() -> tuple[MasterSpec, ...]:
    """Return every photograph of the demo; at most 160, so that making their renditions stays short."""
    fronts = [_spec("front", look) for look in _looks()["looks"] if not _only().keys() >= set(look["types"])]
    stories = [
        _spec(view, _by_key()[story["look"]], key) for key, story in _stories().items() for view in ("front", "label")
    ]
    places = [MasterSpec(f"land-{land}", "land", (), "", land) for land in LANDS]
    packing = [MasterSpec(f"send-{way}", "send", (), "", way) for way in SENDING]
    return (*fronts, *stories, *places, *packing)


def keys_for(type_code: str, story: str = "") -> tuple[str, str, str]:
    """Return the three photographs of a product: the goods, the label or the place they grow, how they are sent.

    story: key in data/stories.json of the few products that have pictures of their own.
    Raises KeyError for an unknown type.
    """
    look = _by_type()[type_code]
    story = story or _only().get(type_code, "")
    if story in _stories():
        return f"{story}-front", f"{story}-label", f"send-{look['send']}"
    return f"{look['key']}-front", f"land-{look['land']}", f"send-{look['send']}"


def draw(spec: MasterSpec) -> bytes:
    """Return the photograph as JPEG, a square of emoji.PIXELS; the same spec gives the same bytes on one machine."""
    out = io.BytesIO()
    _picture(spec).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _picture(spec: MasterSpec) -> Image.Image:
    from shop.cli.demo.studio import lands, scenes, sending, stills
    from shop.cli.demo.studio.backdrops import outdoors
    from shop.cli.demo.studio.canvas import Sheet

    dice = Random(spec.key)
    if spec.view == "land":
        sheet = Sheet()
        lands.LANDS[spec.look](sheet, dice)
        return outdoors(sheet.image())
    if spec.look == "room":
        return stills.room(dice)
    if spec.view == "send":
        return sending.sending(spec.look, dice)
    look = _by_key()[spec.look]
    label = scenes.label_of(look, _looks()["bands"], _stories().get(spec.story))
    if spec.view == "label":
        return scenes.close(look, label, dice)
    if look["scene"] in stills.SCENES:
        return stills.SCENES[look["scene"]](look, label, dice)
    return scenes.SCENES[look["scene"]](look, label, dice)


def draw_all(processes: int = 2) -> dict[str, bytes]:
    """Return every photograph by key; `processes` 1 draws in this process.

    Child processes are spawned, not forked: storage libraries hang in a forked child once the parent used them.
    """
    specs = masters()
    if processes == 1:
        return {spec.key: draw(spec) for spec in specs}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return dict(zip((spec.key for spec in specs), pool.imap(draw, specs, chunksize=4), strict=True))
