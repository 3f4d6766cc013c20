"""Things drawn whole rather than heaped: noodles, a tea cake, baskets, stools, a pipe, caviar, a fence."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.vessels import basket_back, basket_front

Colours = Sequence[str]


def noodles(sheet: Sheet, dice: Random, colour: str = "#b9a88c") -> str:
    """A skein of dried noodles tied in the middle with a bamboo string."""
    parts = [ellipse(0, 200, 1020, 200, "#1c120a", more='fill-opacity=".35"')]
    for strand in range(64):
        at = strand / 63 * 2 - 1
        rise = 300 * math.sqrt(max(0, 1 - at * at * 0.8)) * dice.uniform(0.75, 1.1)
        level = 200 * at
        bend = dice.uniform(-0.06, 0.06) * 1000
        d = (
            f"M{-1000 + abs(at) * 80 + bend:.1f} {level + dice.uniform(-6, 6):.1f}C-400 {level - rise:.1f} -200 "
            f"{level * 0.35 + -13 - rise * 0.3:.1f} 0 {-20 + at * 90:.1f}S500 {level - rise:.1f} {1000 - bend:.1f}"
            f" {level + dice.uniform(-6, 6):.1f}"
        )
        parts.append(line(d, lit(colour, dice.uniform(-0.35, 0.45)), 20))
    for step in range(4):
        px = -60 + step * 40
        parts.append(line(f"M{px:.1f} -130q30 120 0 240", lit("#d8c07a", -0.1 * (step % 2)), 40))
    return "".join(parts)


def tea_cake(sheet: Sheet, dice: Random, colours: Colours) -> str:
    """A pressed tea cake lying half out of its paper."""
    parts = [
        path(
            "M-1150 100L-300 -620L1200 -200L500 620Z",
            sheet.linear(["#fbf3df", "#e2d2ae"], 1, 1),
            'stroke="#c9b78e" stroke-width="3"',
        )
    ]
    parts.append(ellipse(0, 120, 900, 440, lit(colours[0], -0.55)))
    parts.append(
        ellipse(0, 0, 900, 440, sheet.radial([lit(colours[0], 0.2), colours[0], lit(colours[0], -0.4)], 0.4, 0.35))
    )
    for _ in range(520):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.86
        px, py = 1000 * r * math.cos(a), 490 * r * math.sin(a)
        b, reach = dice.uniform(0, 6.28), 60
        parts.append(
            line(
                (
                    f"M{px:.1f} {py:.1f}q{reach * math.cos(b + 0.5):.1f} {reach * 0.5 * math.sin(b + 0.5):.1f} "
                    f"{reach * 1.6 * math.cos(b):.1f} {reach * 0.8 * math.sin(b):.1f}"
                ),
                lit(dice.choice(colours), dice.uniform(-0.3, 0.3)),
                16,
            )
        )
    parts.append(ellipse(0, 20, 160, 70, lit(colours[0], -0.5)))
    return "".join(parts)


def back_basket(sheet: Sheet) -> str:
    """A carrying basket (gùi) with straps, foot at y."""
    straps = "".join(
        f"M{way * 160:.0f} -920C{way * 620:.0f} -850 {way * 600:.0f} -200 {way * 240:.0f} -140" for way in (-1, 1)
    )
    mouth = (0.0, -950.0, 360.0, 100.0)
    return (
        line(straps, "#5a3a24", 22)
        + line(straps, "#8a5c38", 13)
        + basket_back(sheet, mouth)
        + basket_front(sheet, mouth, 880)
    )


def stool(sheet: Sheet, colour: str = "#c98f4a") -> str:
    """A round rattan stool, foot at y."""
    parts = []
    for step in range(9):
        a = math.pi * (step / 8)
        px, py = -(420 * math.cos(a)), -750 + 140 * math.sin(a)
        lx, ly = -(441 * math.cos(a)), -140 + 140 * math.sin(a) * 1.1
        d = f"M{px:.0f} {py:.0f}Q{px * 0.65:.0f} {(py + ly) / 2:.0f} {lx:.0f} {ly:.0f}"
        parts += [line(d, lit(colour, -0.5), 24), line(d, lit(colour, 0.1), 16), line(d, lit(colour, 0.5), 4)]
    plaited = f'stroke="{lit(colour, -0.4)}" stroke-width="18" stroke-dasharray="3 13"'
    for d in ("M-361 -494a361 147 0 0 0 722 0", "M-445 -152a445 147 0 0 0 890 0"):
        parts += [line(d, lit(colour, -0.5), 26), line(d, colour, 18), path(d, "none", plaited)]
    parts += [ellipse(0, -734, 441, 151.2, lit(colour, -0.55)), ellipse(0, -750, 441, 147, lit(colour, 0.05))]
    for ring in range(9):
        share, tone = 1 - ring / 9, lit(colour, 0.3 if ring % 2 else -0.12)
        cane = f'stroke="{tone}" stroke-width="34" stroke-dasharray="{14 + ring % 3} 3"'
        parts.append(ellipse(0, -750, 420 * share, 140 * share, "none", more=cane))
    return "".join(parts)


def khene(sheet: Sheet) -> str:
    """A Mông mouth organ: bent bamboo pipes through a wooden gourd."""
    parts = []
    for pipe in range(6):
        off = pipe * 34
        d = (
            f"M{-200 + off:.0f} {80 - off * 0.6:.0f}C{100 + off:.0f} {60 - off:.0f} 400 {-100 - off * 1.4:.0f} "
            f"{1000 * (0.62 - pipe * 0.05):.0f} {-(1000 * (0.82 - pipe * 0.07)):.0f}"
        )
        parts += [line(d, "#3a2412", 36), line(d, lit("#b98444", -0.08 * (pipe % 2)), 28), line(d, "#e8c080", 6)]
    body = "M-780 20C-500 -20 -340 -160 -100 -100C80 -40 80 140 -80 190C-340 240 -500 80 -780 50Z"
    parts.append(path(body, sheet.linear(["#b0743a", "#8a5426", "#4a2810"], 0.25, 1)))
    for at in (-0.44, -0.3, -0.12, 0.02):
        parts.append(line(f"M{1000 * at:.0f} -100q50 140 0 280", "#d8b26a", 18))
    parts.append(line("M-700 20C-500 -10 -340 -100 -140 -60", "#ffffff", 14, 'stroke-opacity=".4"'))
    return "".join(parts)


def caviar(sheet: Sheet, dice: Random) -> str:
    """An open tin of black roe with its lid leaning beside it."""
    parts = [
        ellipse(720, -280, 500, 500, sheet.linear(["#e8c878", "#8a6a24"], 1, 1)),
        ellipse(720, -280, 400, 400, sheet.linear(["#caa850", "#f0dc9a"], 1, 1)),
    ]
    parts.append(
        path("M-800 -200V0A800 340 0 0 0 800 0V-200Z", sheet.linear(["#6a5018", "#f0dc9a", "#b8922e", "#5a4212"]))
    )
    parts += [ellipse(0, -200, 800, 340, "#e2c46a"), ellipse(0, -190, 720, 290, "#15140f")]
    for _ in range(420):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.95
        px, py = 700 * r * math.cos(a), -220 + 270 * r * math.sin(a)
        parts.append(ellipse(px, py, 34, 32, sheet.radial(["#c8ccc8", (0.2, "#4c4e48"), "#0c0c0a"])))
    return "".join(parts)


def fence(sheet: Sheet, dice: Random) -> None:
    """Add a low bamboo fence and straw on the ground before it."""
    posts = "".join(f"M{px} 400V720" for px in range(60, 1220, 180))
    rails = "".join(f"M-10 {level}H1210" for level in (470, 560, 650))
    for d, width in ((posts, 34), (rails, 28)):
        sheet.add(line(d, "#6a4f24", width), line(d, "#b89348", width * 0.74), line(d, "#e2c680", width * 0.14))
    for _ in range(260):
        px, py = dice.uniform(0, 1200), dice.uniform(690, 1190)
        colour = lit("#d8b860", dice.uniform(-0.4, 0.3))
        sheet.add(line(f"M{px:.0f} {py:.0f}l{dice.uniform(-60, 60):.0f} {dice.uniform(-14, 14):.0f}", colour, 4))
