"""How goods are weighed, packed or offered: carton, cold box, crate, bottles in straw, wrapped cloth, market stall."""

from collections.abc import Callable
from random import Random

from PIL import Image

from shop.cli.demo.studio import vessels
from shop.cli.demo.studio.backdrops import backdrop, place
from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line, lit, path
from shop.cli.demo.studio.emoji import emoji
from shop.cli.demo.studio.scenes import Shadow


def parcel(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A carton on a scale: how dry goods are sent."""
    sheet.add(
        path("M250 1010H950L990 1090H210Z", sheet.linear(["#d8dcda", "#8f9696"], 0, 1)),
        path("M210 1090H990V1120H210Z", "#5f6666"),
    )
    sheet.add('<rect x="500" y="1040" width="200" height="44" rx="6" fill="#1f2a24"/>')
    for step in range(4):
        sheet.add(f'<rect x="{530 + step * 38}" y="1050" width="22" height="24" rx="3" fill="#7fd89a"/>')
    _carton(sheet, 300, 1000, 600)
    sheet.add(emoji("1f33f", 470, 560, 180, -30))
    return [(600, 1110, 420, 40)]


def _carton(sheet: Sheet, x: float, y: float, wide: float, colour: str = "#c99a62") -> None:
    """Add a taped carton with an address label, its left lower corner at (x, y)."""
    front = sheet.linear([lit(colour, 0.2), colour, lit(colour, -0.1)], 0.4, 1)
    flank = sheet.linear([lit(colour, -0.3), lit(colour, -0.45)])
    rows = "".join(
        f'<rect x="8.5" y="{row * 6.3 - 37.8:.1f}" width="{width}" height="2.1" fill="#3a3a36"/>'
        for row, width in enumerate((28, 22, 26, 16))
    )
    parts = [
        path("M0 -70h76v70h-76z", front),
        path("M76 -70l24 -11.2v68.6l-24 12.6z", flank),
        path("M0 -70l24 -11.2h76l-24 11.2z", lit(colour, 0.3)),
        path("M33 -70h10v21h-10zM57 -81.2h10l-24 11.2h-10z", "#e6cf9a", 'fill-opacity=".85"'),
        '<rect x="6" y="-42" width="34" height="29.4" rx="0.6" fill="#fbf8f0"/>',
        rows,
        line("M56 -7v-11.2m-2.4 2.7l2.4 -2.7l2.4 2.7M64 -7v-11.2m-2.4 2.7l2.4 -2.7l2.4 2.7", lit(colour, -0.5), 1),
    ]
    sheet.add(group(parts, x, y, 0, wide / 100))


def cool(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A foam box with ice packs: how chilled goods are sent."""
    sheet.add(path("M200 640L330 560H1000L900 640Z", "#c9d4d6"), path("M235 636L345 572H965L880 636Z", "#7a98a8"))
    for step in range(5):
        x = 300.0 + step * 118
        sheet.add(
            f'<rect x="{x}" y="{580 + (step % 2) * 14}" width="110" height="120" rx="16" '
            f'fill="{sheet.linear(["#e6f6fb", "#9fcfe2", "#6fa9c4"], 1, 1)}"/>'
        )
        sheet.add(line(f"M{x + 22} 606h50", "#ffffff", 8))
    sheet.add(
        path("M200 640H900V1040H200Z", sheet.linear(["#fbfcfb", "#e2e6e4"], 1, 0.6)),
        path("M900 640L1000 560V940L900 1040Z", "#b9c2c0"),
    )
    for _ in range(420):
        x, y = dice.uniform(205, 895), dice.uniform(650, 1036)
        sheet.add(ellipse(x, y, dice.uniform(3, 7), dice.uniform(3, 6), "#ccd4d2", more='fill-opacity=".5"'))
    sheet.add(
        '<rect x="320" y="760" width="330" height="190" rx="6" fill="#ffffff" stroke="#c9d0ce" stroke-width="3"/>'
    )
    for row in range(4):
        sheet.add(
            f'<rect x="346" y="{790 + row * 38}" width="{(260, 210, 240, 150)[row]}" height="13" fill="#3a3f3e"/>'
        )
    sheet.add(
        path("M700 1040L1050 1090L1130 1030L790 985Z", "#eef2f0"), path("M700 1040L1050 1090V1124L700 1074Z", "#d0d8d6")
    )
    return [(600, 1050, 400, 50), (930, 1100, 200, 40)]


def crate(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A lined crate and a hanging balance: how fresh goods are weighed and packed."""
    sheet.add(
        line("M860 -10V190", "#6a6a64", 8),
        path("M770 190H950L935 360H785Z", sheet.linear(["#c9ccc8", "#7a7f7c"], 1, 1)),
        ellipse(860, 276, 74, 74, "#f6f4ec"),
    )
    for step in range(12):
        sheet.add(
            f'<rect x="857" y="210" width="6" height="16" fill="#3a3a36" transform="rotate({step * 30} 860 276)"/>'
        )
    sheet.add(
        line("M860 276L900 236", "#b3261e", 6), line("M860 360V420M860 420L700 560M860 420L1020 560", "#6a6a64", 5)
    )
    sheet.add(vessels.tray(sheet, (860, 580, 190, 56)))
    for x, y in ((800, 560), (900, 556), (850, 530)):
        sheet.add(emoji("1f96c", x, y, 130, dice.uniform(-20, 20)))
    back, front = vessels.crate(sheet, 430, 1080, 700, 260)
    sheet.add(back)
    for step in range(14):
        x = 120 + step * 46
        sheet.add(
            path(
                f"M{x} 860q30 -120 {dice.uniform(30, 90):.0f} -{dice.uniform(110, 180):.0f}q10 90 -30 180z",
                lit("#5f9a3f", dice.uniform(-0.25, 0.2)),
            )
        )
    sheet.add(front)
    return [(430, 1085, 360, 36), (860, 900, 150, 30)]


def bottles(sheet: Sheet, dice: Random) -> list[Shadow]:
    """Glass wrapped in straw inside a carton: how liquids and eggs are sent."""
    _carton(sheet, 180, 1080, 860, "#b98a54")
    for step in range(4):
        x = 330.0 + step * 150
        sheet.add(
            path(
                f"M{x - 34} 700V560q0 -30 18 -44V450h32v66q18 14 18 44V700z",
                sheet.linear(["#7a3f14", "#d88a2a", "#8a4a18"]),
            )
        )
        sheet.add(f'<rect x="{x - 20}" y="424" width="40" height="34" rx="5" fill="#3a2a20"/>')
    for _ in range(340):
        x, y = dice.uniform(250, 960), dice.uniform(590, 690)
        sheet.add(
            line(
                (
                    f"M{x:.0f} {y:.0f}q{dice.uniform(-40, 40):.0f} {dice.uniform(-50, 10):.0f}"
                    f" {dice.uniform(-70, 70):.0f}"
                    f" {dice.uniform(-14, 30):.0f}"
                ),
                lit("#d8b860", dice.uniform(-0.3, 0.35)),
                5,
            )
        )
    sheet.add(path("M180 660H834V700H180Z", "#b98a54"), path("M180 655H834V668H180Z", lit("#b98a54", 0.3)))
    return [(600, 1085, 460, 44)]


def cloth(sheet: Sheet, dice: Random) -> list[Shadow]:
    """Folded goods tied in brown paper: how cloth is sent."""
    paper = sheet.linear(["#e0c190", "#c79f66", "#a9824c"], 0.6, 1)
    sheet.add(vessels.board(sheet, 600, 1090, 1000, 260, colour="#b98a54"))
    sheet.add(
        path("M240 760L860 720L980 940L330 1010Z", paper),
        path("M330 1010L980 940V1000L334 1072Z", "#8a6638"),
        path("M240 760L330 1010L334 1072L240 822Z", "#a07a48"),
    )
    sheet.add(
        line("M560 738L655 975L658 1036M285 886L920 828L976 850", "#f2e6cc", 9), emoji("1f33f", 600, 780, 190, 20)
    )
    sheet.add(
        line(
            (
                "M600 850c-60 -50 -110 -20 -90 10s60 10 90 -10c50 -60 110 -40 90 -6s-60 20 -90 6M600 852l-50 80M604 "
                "852l60 70"
            ),
            "#f2e6cc",
            8,
        )
    )
    return [(620, 1060, 420, 60)]


def stall(sheet: Sheet, dice: Random) -> list[Shadow]:
    """A corner of the market: baskets on a mat, an umbrella of cloth, a scale."""
    sheet.add(path("M-10 210L600 60L1210 210V300L600 150L-10 300Z", sheet.linear(["#2b3566", "#4a558c", "#2b3566"])))
    for step in range(13):
        sheet.add(
            path(
                f"M{step * 96 - 10} {300 - min(step, 12 - step) * 24}l48 -12l48 {'-12' if step < 6 else '36'}l-48 70z",
                ("#d8572a", "#f2c265", "#f6ead6")[step % 3],
            )
        )
    for x in (90, 1110):
        sheet.add(line(f"M{x} 270V900", "#8a6a3a", 26), line(f"M{x - 5} 270V900", "#d8b878", 7))
    for x, y, art in ((300, 800, "1f33d"), (620, 770, "1f350"), (930, 800, "1f96c")):
        sheet.add(vessels.basket_back(sheet, (x, y, 170, 50)))
        for px, py in ((-80, -20), (0, -60), (80, -24), (-30, 10), (46, 12)):
            sheet.add(emoji(art, x + px, y + py, 150, dice.uniform(-20, 20)))
        sheet.add(vessels.basket_front(sheet, (x, y + 10, 170, 50), 150))
    sheet.add(vessels.tray(sheet, (430, 1080, 230, 76)), vessels.tray(sheet, (860, 1090, 240, 78)))
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
