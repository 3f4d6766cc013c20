"""Pictures of things drawn whole: cloth, baskets, plants, animals, a bowl of noodles, a house for guests."""

from collections.abc import Callable
from random import Random
from typing import Any

from PIL import Image

from shop.cli.demo import lands, wares
from shop.cli.demo.backdrops import backdrop, outdoors, place
from shop.cli.demo.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.emoji import emoji
from shop.cli.demo.homes import guest_room, stilt_house
from shop.cli.demo.labels import Label
from shop.cli.demo.scenes import Shadow, accents, tag
from shop.cli.demo.vessels import board, leaf_mat, tray

Colours = tuple[str, str, str, str]
Still = Callable[[Sheet, Random, Label], list[Shadow]]


def _cake(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.tea_cake(sheet, dice, 520, 860, 420, ("#4a3020", "#33231a", "#7a5a3a", "#5f4a30")), emoji("1f375", 930, 640, 290))
    return [(520, 960, 460, 190), (930, 760, 130, 40)]


def _noodles(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(tray(sheet, 580, 850, 520, 220))
    for x, y, size in ((500, 740, 330), (690, 830, 340), (480, 930, 360)):
        sheet.add(wares.noodles(sheet, dice, x, y, size))
    return [(580, 880, 530, 220)]


def _bundles(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(leaf_mat(sheet, dice, 580, 940, 520, 190))
    for x, y in ((420, 760), (700, 800), (540, 930)):
        sheet.add(wares.vine_bundle(sheet, dice, x, y, 330))
    return [(580, 960, 480, 170)]


def _caviar(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.caviar(sheet, dice, 500, 930, 380), emoji("1f34b", 960, 690, 220, 14))
    return [(500, 980, 340, 110), (770, 960, 180, 50), (960, 770, 90, 30)]


def _scarf(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.scarf(sheet, 590, 760, 1040, 420, label.band))
    return [(590, 900, 540, 110)]


def _bag(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    warm: Colours = ("#2a1430", "#e08a2a", "#c8283c", "#f0e0b8")
    sheet.add(wares.bag(sheet, 790, 960, 430, warm, "stars"), wares.bag(sheet, 400, 1040, 560, label.band, label.motif))
    return [(790, 975, 230, 40), (400, 1060, 300, 50)]


def _costume(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.costume(sheet, 560, 1090, 960, label.band, label.motif))
    return [(560, 1090, 260, 30)]


def _cloth(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    indigo: Colours = ("#1c2450", "#e8e6dc", "#b9c0d8", "#f4f2ea")
    rolls = (("stars", indigo), ("diamonds", indigo), ("teeth", indigo), ("zigzag", ("#2a3468", "#f2f0e6", "#c8cde0", "#8f98c0")))
    sheet.add(wares.rolls(sheet, 560, 1060, 700, rolls))
    return [(560, 1070, 440, 60)]


def _gui(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.back_basket(sheet, 790, 960, 620), wares.back_basket(sheet, 420, 1080, 840))
    return [(790, 985, 180, 50), (420, 1110, 250, 70)]


def _stool(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.stool(sheet, 830, 930, 440), wares.stool(sheet, 440, 1080, 660))
    return [(830, 930, 200, 60), (440, 1080, 300, 90)]


def _khene(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.khene(sheet, 620, 860, 700))
    return [(560, 960, 420, 60)]


def _orchid(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.potted(sheet, dice, 520, 1070, 880, ("#d9c25a", "#c98f5a", "#e8d68a")))
    return [(520, 1075, 210, 50)]


def _lilies(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.lilies(sheet, dice, 560, 780, 820, ("#f6d9e2", "#f2a9c0", "#fdf3ea")))
    return [(520, 1000, 420, 90)]


def _nursery(sheet: Sheet, dice: Random, label: Label) -> list[Shadow]:
    sheet.add(wares.nursery(sheet, dice, 590, 1060, 960))
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
        shadows.append(tag(sheet, label, 985, 1140, 280))
    return place(backdrop(look["table"]), sheet.image(), shadows)


LIVE = {  # art, tint, places of the animals
    "pigs": ("1f416", {"saturation": 0.3, "value": 0.46}, ((280, 740, 270), (640, 700, 255), (960, 770, 285), (430, 980, 330), (820, 1010, 335))),
    "hens": ("1f413", {"saturation": 0.55, "value": 0.42}, ((250, 760, 240), (560, 710, 230), (900, 750, 250), (390, 980, 310), (720, 1010, 315), (1030, 970, 290))),
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
        animals.add(ellipse(x, y + side * 0.42, side * 0.42, side * 0.08, "#20240a", 0, 'fill-opacity=".5"'))
        animals.add(emoji(art, x, y, side, flip=dice.random() < 0.5, **tint))
    herd = animals.image()
    scene.paste(herd, (0, 0), herd)
    return scene


def homestay(look: dict[str, Any], label: Label, dice: Random) -> Image.Image:
    """Return the house where guests stay, with its garden and the hills behind."""
    sheet = Sheet()
    lands.hills(sheet, dice)
    sheet.add(stilt_house(sheet, 620, 930, 1.95))
    for x, y in ((120, 960), (1080, 980)):
        lands.tree(sheet, dice, x, y, 190, "#4a7f3a", "#f0a8bc")
    sheet.add(line("M560 1210C600 1120 560 1040 540 960", "#cfc0a0", 120), line("M550 1210C588 1120 550 1040 534 960", "#e6d9bc", 60))
    for _ in range(60):
        x, y = dice.choice((dice.uniform(0, 400), dice.uniform(740, 1200))), dice.uniform(1010, 1190)
        sheet.add(ellipse(x, y, 12, 10, dice.choice(("#e8a8c0", "#f2d060", "#f6f0e8", "#d8628a"))), line(f"M{x:.0f} {y + 6:.0f}v26", "#4f8a34", 5))
    return outdoors(sheet.image())


def room(dice: Random) -> Image.Image:
    """Return the room inside: mattresses on the floor, woven covers, a window on the valley."""
    sheet = Sheet()
    guest_room(sheet, dice)
    return outdoors(sheet.image(), sky=False)


SCENES: dict[str, Callable[[dict[str, Any], Label, Random], Image.Image]] = {
    **dict.fromkeys(STILLS, still), "pigs": live, "hens": live, "homestay": homestay,
}  # fmt: skip


def parcel(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A carton on a scale: how dry goods are sent."""
    sheet.add(path("M250 1010H950L990 1090H210Z", sheet.linear(["#d8dcda", "#8f9696"], 0, 1)), path("M210 1090H990V1120H210Z", "#5f6666"))
    sheet.add('<rect x="500" y="1040" width="200" height="44" rx="6" fill="#1f2a24"/>')
    for step in range(4):
        sheet.add(f'<rect x="{530 + step * 38}" y="1050" width="22" height="24" rx="3" fill="#7fd89a"/>')
    _carton(sheet, 300, 1000, 600, 420)
    sheet.add(emoji("1f33f", 470, 560, 180, -30))
    return [(600, 1110, 420, 40)]


def _carton(sheet: Sheet, x: float, y: float, wide: float, high: float, colour: str = "#c99a62") -> None:
    side = wide * 0.24
    front = sheet.linear([lit(colour, 0.2), colour, lit(colour, -0.1)], 0.4, 1)
    sheet.add(path(f"M{x} {y - high}h{wide - side}v{high}h{-(wide - side)}z", front))
    sheet.add(path(f"M{x + wide - side} {y - high}l{side} {-high * 0.16}v{high * 0.98}l{-side} {high * 0.18}z", sheet.linear([lit(colour, -0.3), lit(colour, -0.45)])))
    sheet.add(path(f"M{x} {y - high}l{side} {-high * 0.16}h{wide - side}l{-side} {high * 0.16}z", lit(colour, 0.3)))
    tape = wide * 0.1
    middle = x + (wide - side) / 2
    sheet.add(path(f"M{middle - tape / 2} {y - high}h{tape}v{high * 0.3}h{-tape}zM{middle - tape / 2 + side} {y - high * 1.16}h{tape}l{-side} {high * 0.16}h{-tape}z", "#e6cf9a", 'fill-opacity=".85"'))
    sheet.add(f'<rect x="{x + wide * 0.06}" y="{y - high * 0.6}" width="{wide * 0.34}" height="{high * 0.42}" rx="4" fill="#fbf8f0"/>')
    for row in range(4):
        sheet.add(f'<rect x="{x + wide * 0.085}" y="{y - high * (0.54 - row * 0.09)}" width="{wide * (0.28, 0.22, 0.26, 0.16)[row]}" height="{high * 0.03}" fill="#3a3a36"/>')
    sheet.add(line(f"M{x + wide * 0.56} {y - high * 0.1}v{-high * 0.16}m-14 16l14 -16l14 16M{x + wide * 0.64} {y - high * 0.1}v{-high * 0.16}m-14 16l14 -16l14 16", lit(colour, -0.5), 6))


def cool(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A foam box with ice packs: how chilled goods are sent."""
    sheet.add(path("M200 640L330 560H1000L900 640Z", "#c9d4d6"), path("M235 636L345 572H965L880 636Z", "#7a98a8"))
    for step in range(5):
        x = 300 + step * 118
        sheet.add(f'<rect x="{x}" y="{580 + (step % 2) * 14}" width="110" height="120" rx="16" fill="{sheet.linear(["#e6f6fb", "#9fcfe2", "#6fa9c4"], 1, 1)}"/>')
        sheet.add(line(f"M{x + 22} 606h50", "#ffffff", 8))
    sheet.add(path("M200 640H900V1040H200Z", sheet.linear(["#fbfcfb", "#e2e6e4"], 1, 0.6)), path("M900 640L1000 560V940L900 1040Z", "#b9c2c0"))
    for _ in range(420):
        x, y = dice.uniform(205, 895), dice.uniform(650, 1036)
        sheet.add(ellipse(x, y, dice.uniform(3, 7), dice.uniform(3, 6), "#ccd4d2", 0, 'fill-opacity=".5"'))
    sheet.add('<rect x="320" y="760" width="330" height="190" rx="6" fill="#ffffff" stroke="#c9d0ce" stroke-width="3"/>')
    for row in range(4):
        sheet.add(f'<rect x="346" y="{790 + row * 38}" width="{(260, 210, 240, 150)[row]}" height="13" fill="#3a3f3e"/>')
    sheet.add(path("M700 1040L1050 1090L1130 1030L790 985Z", "#eef2f0"), path("M700 1040L1050 1090V1124L700 1074Z", "#d0d8d6"))
    return [(600, 1050, 400, 50), (930, 1100, 200, 40)]


def crate(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A lined crate and a hanging balance: how fresh goods are weighed and packed."""
    sheet.add(line("M860 -10V190", "#6a6a64", 8), path("M770 190H950L935 360H785Z", sheet.linear(["#c9ccc8", "#7a7f7c"], 1, 1)), ellipse(860, 276, 74, 74, "#f6f4ec"))
    for step in range(12):
        sheet.add(f'<rect x="857" y="210" width="6" height="16" fill="#3a3a36" transform="rotate({step * 30} 860 276)"/>')
    sheet.add(line("M860 276L900 236", "#b3261e", 6), line("M860 360V420M860 420L700 560M860 420L1020 560", "#6a6a64", 5))
    sheet.add(tray(sheet, 860, 580, 190, 56))
    for x, y in ((800, 560), (900, 556), (850, 530)):
        sheet.add(emoji("1f96c", x, y, 130, dice.uniform(-20, 20)))
    from shop.cli.demo.vessels import crate as wooden

    back, front = wooden(sheet, 430, 1080, 700, 260)
    sheet.add(back)
    for step in range(14):
        x = 120 + step * 46
        sheet.add(path(f"M{x} 860q30 -120 {dice.uniform(30, 90):.0f} -{dice.uniform(110, 180):.0f}q10 90 -30 180z", lit("#5f9a3f", dice.uniform(-0.25, 0.2))))
    sheet.add(front)
    return [(430, 1085, 360, 36), (860, 900, 150, 30)]


def bottles(sheet: Sheet, dice: Random) -> list[Shadow]:
    """Glass wrapped in straw inside a carton: how liquids and eggs are sent."""
    _carton(sheet, 180, 1080, 860, 420, "#b98a54")
    for step in range(4):
        x = 330 + step * 150
        sheet.add(path(f"M{x - 34} 700V560q0 -30 18 -44V450h32v66q18 14 18 44V700z", sheet.linear(["#7a3f14", "#d88a2a", "#8a4a18"])))
        sheet.add(f'<rect x="{x - 20}" y="424" width="40" height="34" rx="5" fill="#3a2a20"/>')
    for _ in range(340):
        x, y = dice.uniform(250, 960), dice.uniform(590, 690)
        sheet.add(line(f"M{x:.0f} {y:.0f}q{dice.uniform(-40, 40):.0f} {dice.uniform(-50, 10):.0f} {dice.uniform(-70, 70):.0f} {dice.uniform(-14, 30):.0f}", lit("#d8b860", dice.uniform(-0.3, 0.35)), 5))
    sheet.add(path("M180 660H834V700H180Z", "#b98a54"), path("M180 655H834V668H180Z", lit("#b98a54", 0.3)))
    return [(600, 1085, 460, 44)]


def cloth(sheet: Sheet, dice: Random) -> list[Shadow]:
    """Folded goods tied in brown paper: how cloth is sent."""
    paper = sheet.linear(["#e0c190", "#c79f66", "#a9824c"], 0.6, 1)
    sheet.add(board(sheet, 600, 1090, 1000, 260, "#b98a54"))
    sheet.add(path("M240 760L860 720L980 940L330 1010Z", paper), path("M330 1010L980 940V1000L334 1072Z", "#8a6638"), path("M240 760L330 1010L334 1072L240 822Z", "#a07a48"))
    sheet.add(line("M560 738L655 975L658 1036M285 886L920 828L976 850", "#f2e6cc", 9), emoji("1f33f", 600, 780, 190, 20))
    sheet.add(line("M600 850c-60 -50 -110 -20 -90 10s60 10 90 -10c50 -60 110 -40 90 -6s-60 20 -90 6M600 852l-50 80M604 852l60 70", "#f2e6cc", 8))
    return [(620, 1060, 420, 60)]


def stall(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A corner of the market: baskets on a mat, an umbrella of cloth, a scale."""
    from shop.cli.demo.vessels import basket_back, basket_front

    sheet.add(path("M-10 210L600 60L1210 210V300L600 150L-10 300Z", sheet.linear(["#2b3566", "#4a558c", "#2b3566"])))
    for step in range(13):
        sheet.add(path(f"M{step * 96 - 10} {300 - min(step, 12 - step) * 24}l48 -12l48 {'-12' if step < 6 else '36'}l-48 70z", ("#d8572a", "#f2c265", "#f6ead6")[step % 3]))
    for x in (90, 1110):
        sheet.add(line(f"M{x} 270V900", "#8a6a3a", 26), line(f"M{x - 5} 270V900", "#d8b878", 7))
    for x, y, art in ((300, 800, "1f33d"), (620, 770, "1f350"), (930, 800, "1f96c")):
        sheet.add(basket_back(sheet, x, y, 170, 50))
        for px, py in ((-80, -20), (0, -60), (80, -24), (-30, 10), (46, 12)):
            sheet.add(emoji(art, x + px, y + py, 150, dice.uniform(-20, 20)))
        sheet.add(basket_front(sheet, x, y + 10, 170, 50, 150))
    sheet.add(tray(sheet, 430, 1080, 230, 76), tray(sheet, 860, 1090, 240, 78))
    for px, py in ((330, 1040), (430, 1010), (520, 1046), (420, 1070)):
        sheet.add(emoji("1f954", px, py, 150, dice.uniform(-60, 60)))
    for px, py in ((760, 1050), (860, 1020), (950, 1054), (850, 1080)):
        sheet.add(emoji("1fada", px, py, 150, dice.uniform(-60, 60)))
    return [(300, 970, 150, 40), (620, 940, 150, 40), (930, 970, 150, 40), (430, 1100, 230, 76), (860, 1110, 240, 78)]


SENDING: dict[str, tuple[Callable[[Sheet, Random], list[Shadow]], str]] = {
    "parcel": (parcel, "wood"),
    "cool": (cool, "stone"),
    "crate": (crate, "palewood"),
    "bottles": (bottles, "linen"),
    "cloth": (cloth, "indigo"),
    "stall": (stall, "bamboo"),
}


def sending(name: str, dice: Random) -> Image.Image:
    """Return the picture of how goods of a kind are weighed, packed or offered; name: key of SENDING."""
    scene, table = SENDING[name]
    sheet = Sheet()
    shadows = scene(sheet, dice)
    return place(backdrop(table), sheet.image(), shadows)
