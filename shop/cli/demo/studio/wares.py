"""Things drawn whole rather than heaped: noodles, a tea cake, baskets, stools, a pipe, caviar, a fence."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.vessels import BAMBOO, basket_back, basket_front

Colours = Sequence[str]


def noodles(sheet: Sheet, dice: Random, x: float, y: float, size: float, colour: str = "#b9a88c") -> str:
    """A skein of dried noodles tied in the middle with a bamboo string."""
    parts = [ellipse(x, y + size * 0.2, size * 1.02, size * 0.2, "#1c120a", 0, 'fill-opacity=".35"')]
    for strand in range(64):
        at = strand / 63 * 2 - 1
        rise = size * 0.3 * math.sqrt(max(0, 1 - at * at * 0.8)) * dice.uniform(0.75, 1.1)
        level = y + size * 0.2 * at
        bend = dice.uniform(-0.06, 0.06) * size
        d = (
            f"M{x - size + abs(at) * size * 0.08 + bend:.1f} {level + dice.uniform(-6, 6):.1f}"
            f"C{x - size * 0.4:.1f} {level - rise:.1f} {x - size * 0.2:.1f} "
            f"{level * 0.35 + (y - size * 0.02) * 0.65 - rise * 0.3:.1f} {x:.1f} "
            f"{y - size * 0.02 + at * size * 0.09:.1f}S{x + size * 0.5:.1f} {level - rise:.1f} "
            f"{x + size - bend:.1f} {level + dice.uniform(-6, 6):.1f}"
        )
        parts.append(line(d, lit(colour, dice.uniform(-0.35, 0.45)), size * 0.02))
    for step in range(4):
        px = x - size * 0.06 + step * size * 0.04
        parts.append(
            line(
                f"M{px:.1f} {y - size * 0.13:.1f}q{size * 0.03:.1f} {size * 0.12:.1f} 0 {size * 0.24:.1f}",
                lit("#d8c07a", -0.1 * (step % 2)),
                size * 0.04,
            )
        )
    return "".join(parts)


def tea_cake(sheet: Sheet, dice: Random, x: float, y: float, size: float, colours: Colours) -> str:
    """A pressed tea cake lying half out of its paper."""
    parts = [
        path(
            (
                f"M{x - size * 1.15:.1f} {y + size * 0.1:.1f}L{x - size * 0.3:.1f} {y - size * 0.62:.1f}"
                f"L{x + size * 1.2:.1f} {y - size * 0.2:.1f}L{x + size * 0.5:.1f} {y + size * 0.62:.1f}Z"
            ),
            sheet.linear(["#fbf3df", "#e2d2ae"], 1, 1),
            'stroke="#c9b78e" stroke-width="3"',
        )
    ]
    parts.append(ellipse(x, y + size * 0.12, size * 0.9, size * 0.44, lit(colours[0], -0.55)))
    parts.append(
        ellipse(
            x,
            y,
            size * 0.9,
            size * 0.44,
            sheet.radial([lit(colours[0], 0.2), colours[0], lit(colours[0], -0.4)], 0.4, 0.35),
        )
    )
    for _ in range(520):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.86
        px, py = x + size * r * math.cos(a), y + size * 0.49 * r * math.sin(a)
        b, reach = dice.uniform(0, 6.28), size * 0.06
        parts.append(
            line(
                (
                    f"M{px:.1f} {py:.1f}q{reach * math.cos(b + 0.5):.1f} {reach * 0.5 * math.sin(b + 0.5):.1f} "
                    f"{reach * 1.6 * math.cos(b):.1f} {reach * 0.8 * math.sin(b):.1f}"
                ),
                lit(dice.choice(colours), dice.uniform(-0.3, 0.3)),
                size * 0.016,
            )
        )
    parts.append(ellipse(x, y + size * 0.02, size * 0.16, size * 0.07, lit(colours[0], -0.5)))
    return "".join(parts)


def back_basket(sheet: Sheet, x: float, y: float, size: float) -> str:
    """A carrying basket (gùi) with straps, foot at y."""
    mouth = y - size * 0.95
    straps = "".join(
        (
            f"M{x + way * size * 0.16:.0f} {mouth + 30:.0f}C{x + way * size * 0.62:.0f} {mouth + size * 0.1:.0f} "
            f"{x + way * size * 0.6:.0f} {y - size * 0.2:.0f} {x + way * size * 0.24:.0f} {y - size * 0.14:.0f}"
        )
        for way in (-1, 1)
    )
    return (
        line(straps, "#5a3a24", 22) + line(straps, "#8a5c38", 13)
        + basket_back(sheet, x, mouth, size * 0.36, size * 0.1, BAMBOO)
        + basket_front(sheet, x, mouth, size * 0.36, size * 0.1, size * 0.88, BAMBOO)
    )  # fmt: skip


def stool(sheet: Sheet, x: float, y: float, size: float, colour: str = "#c98f4a") -> str:
    """A round rattan stool, foot at y."""
    top, rx, ry = y - size * 0.75, size * 0.42, size * 0.14
    parts = []
    for step in range(9):
        a = math.pi * (step / 8)
        px, py = x - rx * math.cos(a), top + ry * math.sin(a)
        lx, ly = x - rx * 1.05 * math.cos(a), y - ry + ry * math.sin(a) * 1.1
        d = f"M{px:.0f} {py:.0f}Q{(x * 0.35 + px * 0.65):.0f} {(py + ly) / 2:.0f} {lx:.0f} {ly:.0f}"
        parts += [line(d, lit(colour, -0.5), 24), line(d, lit(colour, 0.1), 16), line(d, lit(colour, 0.5), 4)]
    for level in (0.42, 0.98):
        ring = (
            f"M{x - rx * (0.86 if level < 0.9 else 1.06):.0f} {top + (y - top - ry) * level:.0f}"
            f"a{rx * (0.86 if level < 0.9 else 1.06):.0f} {ry * 1.05:.0f} 0 0 0 "
            f"{rx * 2 * (0.86 if level < 0.9 else 1.06):.0f} 0"
        )
        parts += [
            line(ring, lit(colour, -0.5), 26),
            line(ring, colour, 18),
            path(ring, "none", f'stroke="{lit(colour, -0.4)}" stroke-width="18" stroke-dasharray="3 13"'),
        ]
    parts += [
        ellipse(x, top + 16, rx * 1.05, ry * 1.08, lit(colour, -0.55)),
        ellipse(x, top, rx * 1.05, ry * 1.05, lit(colour, 0.05)),
    ]
    for ring in range(9):
        share = 1 - ring / 9
        parts.append(
            ellipse(
                x,
                top,
                rx * share,
                ry * share,
                "none",
                0,
                (
                    f'stroke="{lit(colour, 0.3 if ring % 2 else -0.12)}" stroke-width="{size * 0.034:.1f}" '
                    f'stroke-dasharray="{14 + ring % 3} 3"'
                ),
            )
        )
    return "".join(parts)


def khene(sheet: Sheet, x: float, y: float, size: float) -> str:
    """A Mông mouth organ: bent bamboo pipes through a wooden gourd."""
    parts = []
    for pipe in range(6):
        off = pipe * size * 0.034
        d = (
            f"M{x - size * 0.2 + off:.0f} {y + size * 0.08 - off * 0.6:.0f}C{x + size * 0.1 + off:.0f} "
            f"{y + size * 0.06 - off:.0f} {x + size * 0.4:.0f} {y - size * 0.1 - off * 1.4:.0f} "
            f"{x + size * (0.62 - pipe * 0.05):.0f} {y - size * (0.82 - pipe * 0.07):.0f}"
        )
        parts += [
            line(d, "#3a2412", size * 0.036),
            line(d, lit("#b98444", -0.08 * (pipe % 2)), size * 0.028),
            line(d, "#e8c080", size * 0.006),
        ]
    body = (
        f"M{x - size * 0.78:.0f} {y + size * 0.02:.0f}C{x - size * 0.5:.0f} {y - size * 0.02:.0f} "
        f"{x - size * 0.34:.0f} {y - size * 0.16:.0f} {x - size * 0.1:.0f} {y - size * 0.1:.0f}"
        f"C{x + size * 0.08:.0f} {y - size * 0.04:.0f} {x + size * 0.08:.0f} {y + size * 0.14:.0f} "
        f"{x - size * 0.08:.0f} {y + size * 0.19:.0f}C{x - size * 0.34:.0f} {y + size * 0.24:.0f} "
        f"{x - size * 0.5:.0f} {y + size * 0.08:.0f} {x - size * 0.78:.0f} {y + size * 0.05:.0f}Z"
    )
    parts.append(path(body, sheet.linear(["#b0743a", "#8a5426", "#4a2810"], 0.25, 1)))
    for at in (-0.44, -0.3, -0.12, 0.02):
        parts.append(
            line(
                f"M{x + size * at:.0f} {y - size * 0.1:.0f}q{size * 0.05:.0f} {size * 0.14:.0f} 0 {size * 0.28:.0f}",
                "#d8b26a",
                size * 0.018,
            )
        )
    parts.append(
        line(
            (
                f"M{x - size * 0.7:.0f} {y + size * 0.02:.0f}C{x - size * 0.5:.0f} {y - size * 0.01:.0f} "
                f"{x - size * 0.34:.0f} {y - size * 0.1:.0f} {x - size * 0.14:.0f} {y - size * 0.06:.0f}"
            ),
            "#ffffff",
            size * 0.014,
            'stroke-opacity=".4"',
        )
    )
    return "".join(parts)


def caviar(sheet: Sheet, dice: Random, x: float, y: float, size: float) -> str:
    """An open tin of black roe with its lid leaning beside it."""
    parts = [
        ellipse(x + size * 0.72, y - size * 0.28, size * 0.5, size * 0.5, sheet.linear(["#e8c878", "#8a6a24"], 1, 1)),
        ellipse(x + size * 0.72, y - size * 0.28, size * 0.4, size * 0.4, sheet.linear(["#caa850", "#f0dc9a"], 1, 1)),
    ]
    parts.append(
        path(
            (
                f"M{x - size * 0.8:.0f} {y - size * 0.2:.0f}V{y:.0f}A{size * 0.8:.0f} {size * 0.34:.0f} 0 0 0 "
                f"{x + size * 0.8:.0f} {y:.0f}V{y - size * 0.2:.0f}Z"
            ),
            sheet.linear(["#6a5018", "#f0dc9a", "#b8922e", "#5a4212"]),
        )
    )
    parts += [
        ellipse(x, y - size * 0.2, size * 0.8, size * 0.34, "#e2c46a"),
        ellipse(x, y - size * 0.19, size * 0.72, size * 0.29, "#15140f"),
    ]
    for _ in range(420):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.95
        px, py = x + size * 0.7 * r * math.cos(a), y - size * 0.22 + size * 0.27 * r * math.sin(a)
        parts.append(
            ellipse(px, py, size * 0.034, size * 0.032, sheet.radial(["#c8ccc8", (0.2, "#4c4e48"), "#0c0c0a"]))
        )
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
