"""Where the goods come from: hills, terraces, tea rows, forest, gardens, ponds and villages of the north-west."""

import math
from collections.abc import Callable
from itertools import pairwise
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line, lit, path
from shop.cli.demo.studio.emoji import emoji
from shop.cli.demo.studio.homes import stilt_house

Land = Callable[[Sheet, Random], None]


def _ridge(dice: Random, level: float, rough: float, steps: int = 9) -> str:
    """Return the outline of a mountain range across the sheet, closed below."""
    spots = [(1200 * step / steps, level + dice.uniform(-rough, rough)) for step in range(steps + 1)]
    d = f"M0 1200V{spots[0][1]:.0f}"
    for (ax, ay), (bx, by) in pairwise(spots):
        d += f"C{ax + 50:.0f} {ay:.0f} {bx - 55:.0f} {by:.0f} {bx:.0f} {by:.0f}"
    return d + "V1200Z"


def _sky(sheet: Sheet, dice: Random, *, warm: bool = True, level: float = 470) -> None:
    top, low = ("#9cc3e0", "#fbeed2") if warm else ("#a9c4d2", "#eef2ea")
    sheet.add(f'<rect width="1200" height="600" fill="{sheet.linear([top, low], 0, 1)}"/>')
    for depth, (colour, rough) in enumerate((("#a8bfce", 70), ("#86a5b0", 60), ("#668d84", 46))):
        at = level - 120 + depth * 62
        sheet.add(path(_ridge(dice, at, rough), lit(colour, 0.3 - depth * 0.1)))
    for _ in range(4):
        x, y = dice.uniform(80, 1100), dice.uniform(level - 90, level + 20)
        mist = sheet.radial([(0, "#ffffff", 0.7), (1, "#ffffff", 0)], 0.5, 0.5, 0.5)
        sheet.add(ellipse(x, y, dice.uniform(180, 320), dice.uniform(22, 44), mist))


def _contours(sheet: Sheet, dice: Random, colours: list[str], *, top: float, bottom: float, rows: int) -> list[str]:
    """Draw a slope in curved steps, back to front; return the upper edge of each step."""
    edges = []
    phase, tilt = dice.uniform(0, 6), dice.uniform(-40, 40)
    for row in range(rows):
        at = row / rows
        level = top + (bottom - top) * at**1.45
        swing = 16 + 74 * at
        d = f"M-20 {level + tilt:.0f}"
        for step in range(6):
            x = -20 + 1240 * (step + 1) / 6
            y = level + swing * math.sin(phase + step * 1.15 + row * 0.22) + tilt * (1 - (step + 1) / 3)
            d += (
                f"S{x - 110:.0f} {y + dice.uniform(-8, 8):.0f} {x:.0f} {y:.0f}"
                if step
                else f"C100 {level + tilt:.0f} {x - 100:.0f} {y:.0f} {x:.0f} {y:.0f}"
            )
        edges.append(d)
        colour = colours[row % len(colours)]
        sheet.add(path(d + "V1240H-20Z", lit(colour, 0.1 - 0.2 * at)))
    return edges


def rice_terraces(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice)
    edges = _contours(sheet, dice, ["#d9b23c", "#c9a232", "#e3c254", "#b9b04a"], top=560, bottom=1150, rows=12)
    for row, d in enumerate(edges):
        thick = 3 + row * 0.9
        sheet.add(
            line(d, "#5f7a2e", thick * 1.6), line(d, "#f3dd86", thick * 0.5, f'transform="translate(0 {thick:.1f})"')
        )
        blades = f'stroke-dasharray="2 {9 + row}"'
        sheet.add(line(d, "#a8872a", 6 + row * 2.2, f'transform="translate(0 {16 + row * 3})" {blades}'))
    sheet.add(stilt_house(sheet, 900, 640, 0.34), stilt_house(sheet, 1010, 668, 0.28))


def tea_hill(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice, warm=False)
    edges = _contours(sheet, dice, ["#4f7f3a", "#477536", "#578840"], top=560, bottom=1180, rows=13)
    for row, d in enumerate(edges):
        size = 12 + row * 5
        dots = f'stroke-dasharray="0.1 {size * 0.8:.0f}" transform="translate(0 {size * 0.5:.0f})"'
        sheet.add(line(d, "#244a1f", size * 1.12, dots), line(d, "#3f7a32", size, dots))
        light = f'stroke-dasharray="0.1 {size * 0.8:.0f}" transform="translate({-size * 0.12:.0f} {size * 0.28:.0f})"'
        sheet.add(line(d, "#7fb84e", size * 0.55, light))
    for x, y in ((190, 640), (1010, 610)):
        tree(sheet, dice, (x, y, 60), "#3f6f35")


def tree(sheet: Sheet, dice: Random, spot: tuple[float, float, float], colour: str, fruit: str = "") -> None:
    """Add a round tree at a spot (x and y of its foot, size), perhaps in fruit or flower of a colour."""
    x, y, size = spot
    parts = [ellipse(20, 4, 80, 14, "#12240f", more='fill-opacity=".35"'), path("M-9 0L-5 -70H5L10 0Z", "#5a4028")]
    for _ in range(11):
        px, py = dice.gauss(0, 30), -95 + dice.gauss(0, 24)
        shade = lit(colour, round(-0.46 - py * 0.003 - px * 0.002, 1))
        parts.append(ellipse(px, py, 36, 30, sheet.linear([lit(shade, 0.25), lit(shade, -0.2)], 0.5, 1)))
    for _ in range(9 if fruit else 0):
        px, py = dice.gauss(0, 33), -86 + dice.gauss(0, 24)
        parts.append(ellipse(px, py, 7, 7.5, sheet.linear([lit(fruit, 0.35), lit(fruit, -0.3)], 0.7, 1)))
    sheet.add(group(parts, x, y, 0, size / 100))


def forest(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice, warm=False, level=420)
    sheet.add(path(_ridge(dice, 540, 16), "#2c4a2a"))
    for row in range(5):
        y, size = 570.0 + row * 118, 84.0 + row * 38
        for step in range(8 - row // 2):
            x = (step + (row % 2) * 0.5) * (160 + row * 14) + dice.uniform(-30, 30)
            green = dice.choice(("#3b6b3a", "#2f5c3a", "#527a3a"))
            tree(sheet, dice, (x, y + dice.uniform(-16, 16), size), green)
    floor = sheet.linear([(0, "#26401f", 0), (0.5, "#26401f", 0.85), (1, "#1c3018")], 0, 1)
    sheet.add(f'<rect y="960" width="1200" height="240" fill="{floor}"/>')
    for _ in range(34):
        x, y = dice.uniform(0, 1200), dice.uniform(1030, 1190)
        for side in (-1, 1):
            d = f"M{x:.0f} {y:.0f}q{side * 40} -60 {side * dice.uniform(60, 110):.0f} {-dice.uniform(10, 50):.0f}"
            sheet.add(line(d, "#2f5a26", 9), line(d, dice.choice(("#5f9a3f", "#76ad4c")), 5))


def orchard(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice)
    _contours(sheet, dice, ["#8fb04e", "#86a848", "#97b958"], top=560, bottom=1160, rows=6)
    for row in range(5):
        y, size = 640 + row * row * 22 + row * 40, 62 + row * 30
        for step in range(7 - row // 2):
            x = 60 + step * (170 + row * 34) + (row % 2) * 70
            fruit = dice.choice(("#e8a030", "#d8512f", "#e8c040"))
            tree(sheet, dice, (x, y + dice.uniform(-8, 8), size), dice.choice(("#4f8a3a", "#5c9440")), fruit)


def garden(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice)
    sheet.add(path(_ridge(dice, 560, 20), "#6f9a4a"))
    for bed in range(7):
        far, near = 300 + bed * 100, -700 + bed * 400
        soil = f"M{far} 590h74L{near + 270} 1210H{near}Z"
        sheet.add(path(soil, sheet.linear(["#7a5a3a", "#5a3f28"], 0, 1)))
        for step in range(9):
            at = (step / 9) ** 1.7
            x = far + 37 + (near + 135 - far - 37) * at
            head = _lettuce(dice, ("#6fae45", "#4f8f45", "#86bf5a")[bed % 3])
            sheet.add(group([head], x, 600 + 590 * at, 0, 0.16 + 0.92 * at))


def _lettuce(dice: Random, colour: str) -> str:
    """Return a head of greens 100 units tall, its foot at (0, 0)."""
    leaves = []
    for step in range(7):
        tone = lit(colour, dice.uniform(-0.3, 0.2))
        leaf = path("M0 0C-42 -40 -30 -100 0 -95C30 -100 42 -40 0 0Z", tone) + line("M0 0V-80", lit(tone, 0.5), 5)
        leaves.append(group([leaf], 0, 0, 76 - 25.5 * step + dice.uniform(-7, 7)))
    return "".join(leaves)


def pond(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice, warm=False, level=400)
    sheet.add(path(_ridge(dice, 520, 26), "#4f7a45"))
    for step in range(10):
        spot = (step * 135 + dice.uniform(-30, 30), 590.0, dice.uniform(80, 130))
        tree(sheet, dice, spot, dice.choice(("#3b6b3a", "#4a7a3a")))
    sheet.add(
        '<rect y="585" width="1200" height="620" '
        f'fill="{sheet.linear([(0, "#bcd6d4"), (0.3, "#6fa6a8"), (1, "#1f5a66")], 0, 1)}"/>'
    )
    for _ in range(70):
        y = 600 + 590 * dice.random() ** 1.4
        wide = 20 + (y - 590) * 0.3
        x = dice.uniform(-60, 1200)
        sheet.add(
            line(
                f"M{x:.0f} {y:.0f}q{wide / 2:.0f} {-4 - wide * 0.04:.0f} {wide:.0f} 0",
                dice.choice(("#e6f4f0", "#2c6a74")),
                1.5 + (y - 590) * 0.006,
                'stroke-opacity=".55"',
            )
        )
    for _ in range(22):
        x, y = dice.choice((dice.uniform(-20, 330), dice.uniform(870, 1220))), dice.uniform(880, 1190)
        size = (y - 780) * dice.uniform(0.16, 0.34)
        sheet.add(ellipse(x, y + size * 0.3, size * 1.15, size * 0.5, "#123a42", more='fill-opacity=".5"'))
        sheet.add(ellipse(x, y, size, size * 0.62, sheet.linear(["#c8c8bc", "#83857c", "#4a4d48"], 0.5, 1)))


def pasture(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice)
    _contours(sheet, dice, ["#8db455", "#7fa84a", "#98bd60"], top=570, bottom=1100, rows=6)
    for _ in range(260):
        y = 620 + 570 * dice.random() ** 1.3
        tall = 6 + (y - 600) * 0.035
        sheet.add(
            line(
                f"M{dice.uniform(0, 1200):.0f} {y:.0f}l{dice.uniform(-4, 6):.0f} {-tall:.0f}",
                dice.choice(("#5f8a34", "#a9cf6a", "#6f9a3c")),
                2 + tall * 0.06,
            )
        )
    sheet.add(stilt_house(sheet, 930, 650, 0.4))
    for x, y, side, flip in ((300, 760, 170, False), (520, 820, 220, True), (780, 900, 270, False)):
        sheet.add(ellipse(x, y + side * 0.44, side * 0.42, side * 0.08, "#24401a", more='fill-opacity=".45"'))
        sheet.add(emoji("1f402", x, y, side, saturation=0.7, value=0.8, flip=flip))
    for x, y, side in ((250, 1050, 170), (450, 1100, 190), (980, 1090, 180)):
        sheet.add(ellipse(x, y + side * 0.44, side * 0.34, side * 0.07, "#24401a", more='fill-opacity=".45"'))
        sheet.add(emoji("1f413", x, y, side, saturation=0.9, value=0.85))


def village(sheet: Sheet, dice: Random) -> None:
    _sky(sheet, dice)
    _contours(sheet, dice, ["#7fa851", "#8fb55c", "#a9b85a", "#739c4a"], top=560, bottom=1150, rows=9)
    for x, y, scale in ((260, 690, 0.5), (560, 660, 0.42), (840, 720, 0.6), (420, 860, 0.85), (900, 960, 1.1)):
        tree(sheet, dice, (x - 190 * scale, y + 10, 150 * scale), "#4a7f3a", "#e8a8b8")
        sheet.add(stilt_house(sheet, x, y, scale))
    sheet.add(
        line("M-20 1130C260 1060 420 1130 620 1080S900 1150 1220 1090", "#d8c49a", 46),
        line("M-20 1118C260 1048 420 1118 620 1068S900 1138 1220 1078", "#efe2c0", 14),
    )


def hills(sheet: Sheet, dice: Random) -> None:
    """Mountains and green slopes only, for a house to stand in front of."""
    _sky(sheet, dice)
    _contours(sheet, dice, ["#7fa851", "#8fb55c", "#739c4a"], top=600, bottom=1150, rows=7)


LANDS: dict[str, Land] = {
    "terraces": rice_terraces,
    "tea": tea_hill,
    "forest": forest,
    "orchard": orchard,
    "garden": garden,
    "pond": pond,
    "pasture": pasture,
    "village": village,
}
