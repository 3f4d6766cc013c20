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
        (greens, ("art", "caps", "ears", "ferns", "heads", "fans", "globes")),
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
    count = round(goods["count"] * (share**1.7 if small else share))
    piece = MAKERS[goods["piece"]](**goods.get("args", {}))
    return heaps.mound(
        sheet, dice, piece, at=at, size=size, grain=grain, count=max(5, count), under=goods.get("under", "")
    )


def dish(sheet: Sheet, dice: Random, look: dict[str, Any], x: float, y: float, reach: float) -> Shadow:
    """Add the goods of a look in their vessel, centred at x, its foot near y, `reach` half wide; return its shadow."""
    kind, goods = look.get("dish", "heap"), look["goods"]
    if kind == "none":
        return x, y, 1, 1
    if kind in ("tray", "plate", "leaf"):
        ry = reach * 0.4
        ground = {
            "tray": lambda: vessels.tray(sheet, x, y - ry, reach, ry),
            "plate": lambda: vessels.plate(sheet, x, y - ry, reach, ry),
            "leaf": lambda: vessels.leaf_mat(sheet, dice, x, y - ry, reach, ry * 0.9),
        }[kind]()
        sheet.add(
            ground, heap(sheet, dice, goods, (x, y - ry), (reach * 0.74, ry * 0.62, reach * goods.get("rise", 0.52)))
        )
        return x, y - ry * 0.8, reach, ry
    if kind in ("bowl", "china"):
        colour, ring = ("#8a5a34", "") if kind == "bowl" else ("#eef1ee", "#2f5590")
        deep = reach * 0.6
        back, front = vessels.bowl(sheet, x, y - deep, reach, reach * 0.3, deep, colour, ring)
        sheet.add(
            back,
            heap(sheet, dice, goods, (x, y - deep), (reach * 0.9, reach * 0.24, reach * goods.get("rise", 0.46))),
            front,
        )
        return x, y, reach * 0.5, reach * 0.13
    if kind == "basket":
        deep, ry = reach * 0.62, reach * 0.26
        sheet.add(vessels.basket_back(sheet, x, y - deep, reach, ry))
        sheet.add(
            heap(
                sheet, dice, goods, (x, y - deep + ry * 0.25), (reach * 0.86, ry * 0.6, reach * goods.get("rise", 0.6))
            )
        )
        sheet.add(vessels.basket_front(sheet, x, y - deep, reach, ry, deep))
        return x, y + ry * 0.5, reach * 0.8, ry * 0.7
    if kind == "crate":
        high = reach * 0.55
        back, front = vessels.crate(sheet, x, y, reach * 2, high)
        sheet.add(
            back,
            heap(sheet, dice, goods, (x, y - high * 0.95), (reach * 0.84, high * 0.3, reach * goods.get("rise", 0.5))),
            front,
        )
        return x, y + 6, reach, reach * 0.1
    if kind == "board":
        sheet.add(vessels.board(sheet, x, y, reach * 2, reach * 0.62))
        sheet.add(
            heap(
                sheet, dice, goods, (x, y - reach * 0.28), (reach * 0.68, reach * 0.2, reach * goods.get("rise", 0.42))
            )
        )
        return x, y + 20, reach, reach * 0.09
    sheet.add(
        heap(sheet, dice, goods, (x, y - reach * 0.3), (reach * 0.95, reach * 0.32, reach * goods.get("rise", 0.6)))
    )
    return x, y - reach * 0.22, reach * 0.95, reach * 0.32


def accents(sheet: Sheet, look: dict[str, Any]) -> list[Shadow]:
    """Add the pieces of emoji art of a look; return their shadows."""
    shadows = []
    for name, x, y, side, turn, *tint in look.get("accent", ()):
        sheet.add(emoji(name, x, y, side, turn, **(tint[0] if tint else {})))
        shadows.append((x, y + side * 0.42, side * 0.34, side * 0.09))
    return shadows


def tag(sheet: Sheet, label: Label, x: float, y: float, width: float, turn: float = -5) -> Shadow:
    """Add a paper card with the name, leaning against the goods, its foot at y; return its shadow."""
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
    shadows.append(dish(sheet, dice, look, 880, 1100, 270))
    shadows += accents(sheet, look)
    return place(backdrop(look["table"]), sheet.image(), shadows)


def loose(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return goods in a vessel on a table, their name on a card beside them."""
    sheet = Sheet()
    shadows = [dish(sheet, dice, look, 580, 1040, 560), *accents(sheet, look)]
    shadows.append(tag(sheet, label, 990, 1150, 300))
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
        shadows: list[Shadow] = []
    else:
        shadows = [dish(sheet, dice, look, 330, 900, 560), tag(sheet, label, 640, 1110, 840, -3)]
    shadows.append(dish(sheet, dice, look | {"dish": "heap"}, 1090, 1250, 240))
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
        tuple(bands[facts["band"]]),
    )
