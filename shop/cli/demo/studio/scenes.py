"""Photographs: a pack with its goods, loose goods in a vessel, a label seen close."""

from collections.abc import Callable
from random import Random
from typing import Any

from PIL import Image, ImageFilter

from shop.cli.demo.studio import creatures, fruit, greens, heaps, roots, vessels
from shop.cli.demo.studio.backdrops import backdrop, place
from shop.cli.demo.studio.canvas import Sheet, group
from shop.cli.demo.studio.emoji import emoji
from shop.cli.demo.studio.labels import Label, drawn
from shop.cli.demo.studio.packs import SHAPES, Look, foot, pack

Shadow = tuple[float, float, float, float]
MAKERS: dict[str, Callable[..., heaps.Piece]] = {
    name: getattr(module, name)
    for module, names in (
        (heaps, ("grains", "balls", "pods", "curls", "leaves", "slices", "sticks", "crumbs")),
        (roots, ("tubers", "roots", "gourds", "shoots", "quills")),
        (greens, ("caps", "ears", "ferns", "heads", "fans", "globes")),
        (fruit, ("fruits", "dragons")),
        (creatures, ("fishes", "cuts", "links", "eggs")),
    )
    for name in names
}


def heap(
    sheet: Sheet, dice: Random, goods: dict[str, Any], at: tuple[float, float], size: tuple[float, float, float]
) -> str:
    """Return the goods of a look in a heap; its grain and count are meant for a heap 300 units half wide."""
    if not goods:
        return ""
    if "powder" in goods:
        return heaps.powder(sheet, dice, goods["powder"], at, size)
    share = size[0] / 300
    small = goods["grain"] < 60  # small goods keep their size and become fewer; large ones shrink a little
    grain = goods["grain"] * (1 if small else min(1, 0.5 + share / 2))
    count = max(5, round(goods["count"] * (share**1.7 if small else share)))
    facts = goods.get("args", {})
    if goods["piece"] == "art":
        return _art_heap(dice, facts, heaps.spots(dice, at, size, grain, count))
    piece = MAKERS[goods["piece"]](**facts)
    return heaps.mound(sheet, dice, piece, at, size, grain=grain, count=count, under=goods.get("under", ""))


def _art_heap(dice: Random, facts: dict[str, Any], spots: list[tuple[float, float, float, float]]) -> str:
    """Return emoji art lying where a heap's pieces lie, leaning up to `lean` degrees each way."""
    tint = {name: value for name, value in facts.items() if name not in ("name", "lean")}
    lean = facts.get("lean", 16)
    return "".join(
        emoji(facts["name"], x, y, min(300.0, 2 * size), dice.uniform(-lean, lean), **tint) for x, y, size, _ in spots
    )


# How a vessel holds goods: y of the heap, its half width, half depth and height, all in shares of the vessel's reach.
HOLDS = {
    "tray": (0.4, 0.74, 0.248, 0.52),
    "plate": (0.4, 0.74, 0.248, 0.52),
    "leaf": (0.4, 0.74, 0.248, 0.52),
    "bowl": (0.6, 0.9, 0.24, 0.46),
    "china": (0.6, 0.9, 0.24, 0.46),
    "basket": (0.555, 0.86, 0.156, 0.6),
    "crate": (0.5225, 0.84, 0.165, 0.5),
    "board": (0.28, 0.68, 0.2, 0.42),
    "heap": (0.3, 0.95, 0.32, 0.6),
}
# The shadow of a vessel: y below its foot, half width, half depth, in the same shares.
FEET = {
    "tray": (-0.32, 1, 0.4),
    "plate": (-0.32, 1, 0.4),
    "leaf": (-0.32, 1, 0.4),
    "bowl": (0, 0.5, 0.13),
    "china": (0, 0.5, 0.13),
    "basket": (0.13, 0.8, 0.18),
    "crate": (0.01, 1, 0.1),
    "board": (0.04, 1, 0.09),
    "heap": (-0.22, 0.95, 0.32),
}


def dish(sheet: Sheet, dice: Random, look: dict[str, Any], at: tuple[float, float], reach: float) -> list[Shadow]:
    """Add the goods of a look in their vessel, its foot near `at`, `reach` half wide; return its shadow."""
    kind, goods = look.get("dish", "heap"), look.get("goods")
    if kind == "none" or goods is None:
        return []
    x, y = at
    back, front = vessels.vessel(sheet, dice, kind, at, reach)
    up, wide, deep, rise = HOLDS[kind]
    size = (wide * reach, deep * reach, goods.get("rise", rise) * reach)
    sheet.add(back, heap(sheet, dice, goods, (x, y - up * reach), size), front)
    down, half, flat = (share * reach for share in FEET[kind])
    return [(x, y + down, half, flat)]


def accents(sheet: Sheet, look: dict[str, Any]) -> list[Shadow]:
    """Add the pieces of emoji art of a look; return their shadows."""
    shadows = []
    for name, x, y, side, turn, *tint in look.get("accent", ()):
        sheet.add(emoji(name, x, y, side, turn, **(tint[0] if tint else {})))
        shadows.append((x, y + side * 0.42, side * 0.34, side * 0.09))
    return shadows


def tag(sheet: Sheet, label: Label, at: tuple[float, float], width: float, turn: float = -5) -> Shadow:
    """Add a paper card with the name, leaning against the goods, its foot `at`; return its shadow."""
    x, y = at
    height = width * 0.86
    card = drawn(sheet, label, (-width / 2, -height, width, height))
    sheet.add(
        group(
            [
                (
                    f'<rect x="{-width / 2 - 8:.0f}" y="{-height - 8:.0f}" width="{width + 16:.0f}" '
                    f'height="{height + 16:.0f}" rx="8" fill="#c79a62"/>'
                ),
                card,
            ],
            x,
            y,
            turn,
        )
    )
    return x, y + 6, width * 0.54, width * 0.07


def with_pack(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return the pack of a look on its table, the goods before it."""
    sheet = Sheet()
    shape = look["pack"]["shape"]
    body = Look(**{name: value for name, value in look["pack"].items() if name not in ("shape", "tall")})
    tall = look["pack"].get("tall", 930)
    at = (430.0, 1030.0) if look.get("dish") != "none" else (560.0, 1050.0)
    sheet.add(pack(sheet, shape, body, label, at=at, height=tall))
    shadows = [foot(shape, at, tall)]
    shadows += dish(sheet, dice, look, (880, 1100), 270)
    shadows += accents(sheet, look)
    return place(backdrop(look["table"]), sheet.image(), shadows)


def loose(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return goods in a vessel on a table, their name on a card beside them."""
    sheet = Sheet()
    shadows = [*dish(sheet, dice, look, (580, 1040), 560), *accents(sheet, look)]
    shadows.append(tag(sheet, label, (990, 1150), 300))
    return place(backdrop(look["table"]), sheet.image(), shadows)


def close(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return the label so near that it can be read, the goods out of the way, the room out of focus."""
    sheet = Sheet()
    if "pack" in look:
        shape = look["pack"]["shape"]
        body = Look(**{name: value for name, value in look["pack"].items() if name not in ("shape", "tall")})
        x, y, width, height = SHAPES[shape].label
        scale = min(860 / width, 930 / height)
        foot_y = 600 + (SHAPES[shape].foot[0] - y - height / 2) * scale
        at = (600 + (300 - x - width / 2) * scale, foot_y)
        sheet.add(pack(sheet, shape, body, label, at=at, height=800 * scale))
        shadows = dish(sheet, dice, look | {"dish": "heap"}, (1090, 1250), 240)
    else:
        shadows = [*dish(sheet, dice, look, (330, 900), 560), tag(sheet, label, (640, 1110), 840, -3)]
    scene = backdrop(look["table"]).filter(ImageFilter.GaussianBlur(9))
    return place(scene, sheet.image(), shadows)


SCENES: dict[str, Callable[[dict[str, Any], Label, Random], Image.Image]] = {"pack": with_pack, "loose": loose}


def label_of(look: dict[str, Any], bands: dict[str, tuple[str, str, str, str]], story: dict[str, Any] | None) -> Label:
    """Return what the label of a look says; a story's names its producer, place and net quantity too."""
    facts = look["label"] | (story["label"] if story else {})
    return Label(
        facts["name"],
        facts["under"],
        facts.get("amount", ""),
        facts.get("maker", ""),
        facts.get("place", "Tỉnh Lai Châu"),
        facts["motif"],
        bands[facts["band"]],
    )
