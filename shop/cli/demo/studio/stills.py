"""Pictures of things drawn whole: cloth, baskets, plants, animals, a bowl of noodles, a house for guests."""

from collections.abc import Callable
from random import Random
from typing import Any

from PIL import Image

from shop.cli.demo.studio import cloths, lands, plants, wares
from shop.cli.demo.studio.backdrops import backdrop, outdoors, place
from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line
from shop.cli.demo.studio.emoji import emoji
from shop.cli.demo.studio.homes import guest_room, stilt_house
from shop.cli.demo.studio.labels import Label
from shop.cli.demo.studio.scenes import Shadow, accents, tag
from shop.cli.demo.studio.vessels import leaf_mat, tray

Colours = tuple[str, str, str, str]
Still = Callable[[Sheet, Random, Label], list[Shadow]]


def _put(drawing: str, x: float, y: float, size: float) -> str:
    """Return something drawn 1,000 units large about (0, 0), in its place and size."""
    return group([drawing], x, y, 0, size / 1000)


def _cake(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    cake = wares.tea_cake(sheet, dice, ("#4a3020", "#33231a", "#7a5a3a", "#5f4a30"))
    sheet.add(_put(cake, 520, 860, 420), emoji("1f375", 930, 640, 290))
    return [(520, 960, 460, 190), (930, 760, 130, 40)]


def _noodles(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(tray(sheet, (580, 850, 520, 220)))
    for x, y, size in ((500, 740, 330), (690, 830, 340), (480, 930, 360)):
        sheet.add(_put(wares.noodles(sheet, dice), x, y, size))
    return [(580, 880, 530, 220)]


def _bundles(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(leaf_mat(sheet, dice, (580, 940, 520, 190)))
    for x, y in ((420, 760), (700, 800), (540, 930)):
        sheet.add(_put(plants.vine_bundle(sheet, dice), x, y, 330))
    return [(580, 960, 480, 170)]


def _caviar(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(wares.caviar(sheet, dice), 500, 930, 380), emoji("1f34b", 960, 690, 220, 14))
    return [(500, 980, 340, 110), (770, 960, 180, 50), (960, 770, 90, 30)]


def _scarf(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(cloths.scarf(sheet, label.band), 590, 760, 1040))
    return [(590, 900, 540, 110)]


def _bag(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    warm: Colours = ("#2a1430", "#e08a2a", "#c8283c", "#f0e0b8")
    sheet.add(_put(cloths.bag(sheet, warm, "stars"), 790, 960, 430))
    sheet.add(_put(cloths.bag(sheet, label.band, label.motif), 400, 1040, 560))
    return [(790, 975, 230, 40), (400, 1060, 300, 50)]


def _costume(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(cloths.costume(sheet, label.band, label.motif), 560, 1090, 960))
    return [(560, 1090, 260, 30)]


def _cloth(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    indigo: Colours = ("#1c2450", "#e8e6dc", "#b9c0d8", "#f4f2ea")
    pale: Colours = ("#2a3468", "#f2f0e6", "#c8cde0", "#8f98c0")
    rolls = (("stars", indigo), ("diamonds", indigo), ("teeth", indigo), ("zigzag", pale))
    sheet.add(_put(cloths.rolls(sheet, rolls), 560, 1060, 700))
    return [(560, 1070, 440, 60)]


def _gui(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    basket = wares.back_basket(sheet)
    sheet.add(_put(basket, 790, 960, 620), _put(basket, 420, 1080, 840))
    return [(790, 985, 180, 50), (420, 1110, 250, 70)]


def _stool(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    stool = wares.stool(sheet)
    sheet.add(_put(stool, 830, 930, 440), _put(stool, 440, 1080, 660))
    return [(830, 930, 200, 60), (440, 1080, 300, 90)]


def _khene(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(wares.khene(sheet), 620, 860, 700))
    return [(560, 960, 420, 60)]


def _orchid(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(plants.potted(sheet, dice, ("#d9c25a", "#c98f5a", "#e8d68a")), 520, 1070, 880))
    return [(520, 1075, 210, 50)]


def _lilies(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(plants.lilies(sheet, dice, ("#f6d9e2", "#f2a9c0", "#fdf3ea")), 560, 780, 820))
    return [(520, 1000, 420, 90)]


def _nursery(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(_put(plants.nursery(sheet, dice), 590, 1060, 960))
    return [(590, 1000, 520, 150)]


STILLS: dict[str, Still] = {
    "cake": _cake, "noodles": _noodles, "bundles": _bundles, "caviar": _caviar,
    "scarf": _scarf, "bag": _bag, "costume": _costume, "cloth": _cloth, "gui": _gui, "stool": _stool, "khene": _khene,
    "orchid": _orchid, "lilies": _lilies, "nursery": _nursery,
}  # fmt: skip


def still(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return the picture of a look whose scene is one of STILLS, the name on a card."""
    sheet = Sheet()
    shadows = STILLS[look["scene"]](sheet, dice, label)
    shadows += accents(sheet, look)
    if label.name:
        shadows.append(tag(sheet, label, (985, 1140), 280))
    return place(backdrop(look["table"]), sheet.image(), shadows)


LIVE: dict[
    str, tuple[str, dict[str, Any], tuple[tuple[float, float, float], ...]]
] = {  # art, tint, places of the animals
    "pigs": (
        "1f416",
        {"saturation": 0.3, "value": 0.46},
        ((280, 740, 270), (640, 700, 255), (960, 770, 285), (430, 980, 330), (820, 1010, 335)),
    ),
    "hens": (
        "1f413",
        {"saturation": 0.55, "value": 0.42},
        ((250, 760, 240), (560, 710, 230), (900, 750, 250), (390, 980, 310), (720, 1010, 315), (1030, 970, 290)),
    ),
}


def live(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return animals behind their fence on a slope."""
    sheet = Sheet()
    lands.hills(sheet, dice)
    wares.fence(sheet, dice)
    scene = outdoors(sheet.image())
    art, tint, spots = LIVE[look["scene"]]
    animals = Sheet()
    for x, y, side in spots:
        animals.add(ellipse(x, y + side * 0.42, side * 0.42, side * 0.08, "#20240a", more='fill-opacity=".5"'))
        animals.add(emoji(art, x, y, side, flip=dice.random() < 0.5, **tint))
    herd = animals.image()
    scene.paste(herd, (0, 0), herd)
    return scene


def homestay(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return the house where guests stay, with its garden and the hills behind."""
    sheet = Sheet()
    lands.hills(sheet, dice)
    sheet.add(stilt_house(sheet, 620, 930, 1.95))
    for x, y in ((120.0, 960.0), (1080.0, 980.0)):
        lands.tree(sheet, dice, (x, y, 190), "#4a7f3a", "#f0a8bc")
    sheet.add(
        line("M560 1210C600 1120 560 1040 540 960", "#cfc0a0", 120),
        line("M550 1210C588 1120 550 1040 534 960", "#e6d9bc", 60),
    )
    for _ in range(60):
        x, y = dice.choice((dice.uniform(0, 400), dice.uniform(740, 1200))), dice.uniform(1010, 1190)
        sheet.add(
            ellipse(x, y, 12, 10, dice.choice(("#e8a8c0", "#f2d060", "#f6f0e8", "#d8628a"))),
            line(f"M{x:.0f} {y + 6:.0f}v26", "#4f8a34", 5),
        )
    return outdoors(sheet.image())


def room(dice: Random) -> Image.Image:
    """Return the room inside: mattresses on the floor, woven covers, a window on the valley."""
    sheet = Sheet()
    guest_room(sheet, dice)
    return outdoors(sheet.image(), sky=False)


SCENES: dict[str, Callable[[dict[str, Any], Label, Random], Image.Image]] = {
    **dict.fromkeys(STILLS, still), "pigs": live, "hens": live, "homestay": homestay,
}  # fmt: skip
