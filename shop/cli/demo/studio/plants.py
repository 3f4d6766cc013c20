"""Plants: an orchid in its pot, saplings in bags, cut lilies, a bunch of shoots."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line, lit, path

Colours = Sequence[str]


def potted(sheet: Sheet, dice: Random, blooms: Colours) -> str:
    """A cymbidium in a glazed pot: arching leaves, sprays of flowers; foot at y."""
    parts = []
    for step in range(22):
        bend = (step / 21 * 2 - 1) * 500 + dice.gauss(0, 12)
        rise = 1000 * dice.uniform(0.4, 0.66)
        d = (
            f"M{bend * 0.1:.0f} -360Q{bend * 0.3:.0f} {-360 - rise:.0f} {bend:.0f} "
            f"{-360 - rise * dice.uniform(0.35, 0.75):.0f}"
        )
        colour = lit("#4f7f3a", dice.uniform(-0.35, 0.2))
        parts += [line(d, colour, 13), line(d, lit(colour, 0.4), 2.5)]
    for way in (-0.75, -0.25, 0.3, 0.8):
        tip_x, tip_y = way * 400, -860
        parts.append(
            line(f"M{way * 20:.0f} -360Q{way * 140:.0f} -860 {tip_x:.0f} {tip_y + abs(way) * 60:.0f}", "#7a8a4a", 6)
        )
        for step in range(6):
            at = 0.4 + step * 0.12
            px = way * 400 * at**1.6 + (18 if step % 2 else -18)
            parts.append(
                _bloom(px, -360 - 520 * math.sin(at * 1.45) + abs(way) * 50 * at, 75, dice.choice(list(blooms)))
            )
    pot = "M-260 -366H260L180 0Q0 40 -180 0Z"
    parts.append(path(pot, sheet.linear(["#1f3a4a", (0.3, "#5f8aa0"), (0.6, "#33586c"), "#142a36"])))
    parts.append(ellipse(0, -364, 270, 50, "#6a93a8") + ellipse(0, -364, 240, 38, "#3a2a1c"))
    return "".join(parts)


def _bloom(x: float, y: float, size: float, colour: str) -> str:
    petals = "".join(
        ellipse(62 * math.cos(a), 62 * math.sin(a), 62, 34, lit(colour, 0.25 if a < 0 else -0.08), turn=math.degrees(a))
        for a in (-2.6, -1.57, -0.5, 0.6, 2.5)
    )
    return group([petals, ellipse(0, 20, 30, 36, "#c2335a"), ellipse(0, 0, 15, 15, "#f7e08a")], x, y, 0, size / 100)


def nursery(sheet: Sheet, dice: Random) -> str:
    """Rows of saplings in black nursery bags, nearest row's foot at y."""
    parts = []
    for row in range(4):
        size = 1000 * (0.1 + row * 0.022)
        level = -((3 - row) * 100)
        count = 8 - row
        for step in range(count):
            px = (step - (count - 1) / 2) * size * 1.12 + row % 2 * 10
            bag_shape = (
                f"M{px - size * 0.36:.0f} {level - size * 0.8:.0f}h{size * 0.72:.0f}l{-size * 0.05:.0f} "
                f"{size * 0.8:.0f}q{-size * 0.31:.0f} {size * 0.1:.0f} {-size * 0.62:.0f} 0z"
            )
            parts.append(path(bag_shape, sheet.linear(["#141414", "#4a4a46", "#22221f", "#0c0c0c"])))
            parts.append(ellipse(px, level - size * 0.8, size * 0.36, size * 0.1, "#5a3f28"))
            parts.append(
                line(
                    f"M{px:.0f} {level - size * 0.8:.0f}q{dice.uniform(-6, 6):.0f} {-size * 0.7:.0f} 0 "
                    f"{-size * 1.35:.0f}",
                    "#6a7a3a",
                    size * 0.05,
                )
            )
            for leaf in range(8):
                a = -1.571 + (leaf - 3.5) * 0.42
                base = level - size * (1.05 + 0.16 * (leaf % 4))
                colour = lit("#4f8f3a", dice.uniform(-0.25, 0.3))
                d = (
                    f"M0 0C{size * 0.15:.1f} {-size * 0.16:.1f} {size * 0.45:.1f} {-size * 0.14:.1f} {size * 0.62:.1f} "
                    f"0C{size * 0.45:.1f} {size * 0.12:.1f} {size * 0.15:.1f} {size * 0.12:.1f} 0 0Z"
                )
                parts.append(
                    f'<g transform="translate({px:.0f} {base:.0f}) '
                    f'rotate({math.degrees(a) * 0.9 + (0 if leaf % 2 else 12):.0f})">{path(d, colour)}</g>'
                )
    return "".join(parts)


def lilies(sheet: Sheet, dice: Random, colours: Colours) -> str:
    """A sheaf of cut lilies tied with string, lying aslant."""
    parts = []
    for step in range(9):
        off = (step - 4) * 75
        parts.append(
            line(
                f"M-500 {420 + off * 0.25:.0f}Q-100 {100 + off * 0.2:.0f} 340 {-300 + off:.0f}",
                lit("#5f8f3a", dice.uniform(-0.3, 0.1)),
                15,
            )
        )
    for _ in range(26):
        at = dice.uniform(0, 0.8)
        px, py = -300 + at * 600, 260 - at * 500 + dice.gauss(0, 90)
        colour = lit("#4f7f34", dice.uniform(-0.3, 0.25))
        parts.append(group([path("M0 0Q100 -45 220 0Q100 45 0 0Z", colour)], px, py, dice.uniform(-90, 30)))
    spots = sorted(
        ((dice.uniform(0, 500), dice.uniform(-550, 20)) for _ in range(11)),
        key=lambda spot: spot[1],
    )
    parts += [_lily(sheet, px, py, dice.choice(list(colours)), dice.uniform(0, 60)) for px, py in spots]
    parts.append(line("M-340 160q80 20 140 180", "#e2cf9a", 26))
    return "".join(parts)


def _lily(sheet: Sheet, x: float, y: float, colour: str, turn: float) -> str:
    fill = sheet.linear([lit(colour, -0.15), lit(colour, 0.4), lit(colour, 0.1)])
    petal = path("M0 0C50 -60 130 -55 190 0C130 50 50 55 0 0Z", fill) + line("M0 0H140", lit(colour, -0.25), 2)
    petals = [group([petal], 0, 0, turn + step * 60) for step in range(6)]
    threads = "".join(f"M0 0L{60 * math.cos(step * 1.25):.0f} {60 * math.sin(step * 1.25):.0f}" for step in range(5))
    return group([*petals, line(threads, "#a8622a", 4)], x, y)


def vine_bundle(sheet: Sheet, dice: Random) -> str:
    """A bunch of chayote shoots: stems tied with string, round leaves, curling tendrils."""
    parts = []
    for step in range(16):
        off = (step - 7.5) * 35
        parts.append(
            line(
                f"M-900 {300 + off * 0.5:.0f}Q0 {100 + off:.0f} 700 {-250 + off * 2.4:.0f}",
                lit("#8fbf5a", dice.uniform(-0.3, 0.2)),
                35,
            )
        )
    for _ in range(26):
        at = dice.uniform(0.15, 1)
        px, py = -600 + at * 1350, 220 - at * 420 + dice.gauss(0, 150) * at
        colour, reach = lit("#6fae45", dice.uniform(-0.35, 0.25)), 1000 * dice.uniform(0.14, 0.24)
        d = (
            f"M0 {reach * 0.5:.1f}C{-reach * 1.2:.1f} {reach * 0.6:.1f} {-reach:.1f} {-reach * 0.6:.1f} "
            f"{-reach * 0.4:.1f} {-reach * 0.5:.1f}L0 {-reach:.1f}L{reach * 0.4:.1f} {-reach * 0.5:.1f}"
            f"C{reach:.1f} {-reach * 0.6:.1f} {reach * 1.2:.1f} {reach * 0.6:.1f} 0 {reach * 0.5:.1f}Z"
        )
        ribs = line(
            (
                f"M0 {reach * 0.5:.1f}V{-reach * 0.8:.1f}M0 {reach * 0.4:.1f}L{-reach * 0.6:.1f} {-reach * 0.2:.1f}M0 "
                f"{reach * 0.4:.1f}L{reach * 0.6:.1f} {-reach * 0.2:.1f}"
            ),
            lit(colour, 0.4),
            reach * 0.06,
        )
        parts.append(
            f'<g transform="translate({px:.0f} {py:.0f}) rotate({dice.uniform(20, 110):.0f})">{path(d, colour)}'
            f"{ribs}</g>"
        )
    for _ in range(7):
        px, py = 1000 * dice.uniform(0.3, 0.9), 1000 * dice.uniform(-0.6, 0.1)
        parts.append(line(f"M{px:.0f} {py:.0f}c40 -30 70 10 40 26s-44 -22 -10 -26", "#a9cf6a", 5))
    parts.append(line("M-500 40q60 160 20 340", "#d8c07a", 60))
    return "".join(parts)
