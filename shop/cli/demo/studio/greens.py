"""Leafy goods, mushrooms and flower heads as pieces of a heap."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone


def caps(colours: Sequence[str], crack: str, *, stem: str = "#e8dcc0") -> Piece:
    """Shiitake: domed caps with pale cracks, some upside down."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = dice.choice(colours)
        parts = [ellipse(0, 18, 98, 57.6, lit(stem, tone(light) - 0.15))]
        parts.append(ellipse(0, 0, 100, 64.8, ball(sheet, colour, light)))
        marks = []
        for step in range(9):
            a = step * 0.7 + dice.uniform(-0.2, 0.2)
            r1, r2 = dice.uniform(0.1, 0.35), dice.uniform(0.55, 0.85)
            marks.append(
                f"M{100 * r1 * math.cos(a):.1f} {72 * r1 * math.sin(a):.1f}Q{100 * r2 * 0.6 * math.cos(a + 0.25):.1f} "
                f"{72 * r2 * 0.6 * math.sin(a + 0.25):.1f} {100 * r2 * math.cos(a):.1f} {63.36 * r2 * math.sin(a):.1f}"
            )
        parts.append(line("".join(marks), lit(crack, tone(light)), 6, 'stroke-opacity=".8"'))
        return f"""<g transform="rotate({dice.uniform(-35, 35):.0f})">{"".join(parts)}</g>"""

    return piece


def ears(colours: Sequence[str], *, rings: str = "") -> Piece:
    """Wood ears and lingzhi: wavy shells with a pale edge, perhaps growth rings."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        edge = [100 * dice.uniform(0.82, 1.1) for _ in range(8)]
        spots = [
            (r * math.cos(step * math.pi / 4), r * 0.66 * math.sin(step * math.pi / 4)) for step, r in enumerate(edge)
        ]
        d = f"M{spots[0][0]:.1f} {spots[0][1]:.1f}"
        for step in range(8):
            (ax, ay), (bx, by) = (spots[step], spots[(step + 1) % 8])
            d += f"Q{(ax + bx) * 0.62:.1f} {(ay + by) * 0.62:.1f} {bx:.1f} {by:.1f}"
        parts = [
            path(d + "Z", lit(colour, 0.35), 'transform="translate(0 6)"'),
            path(
                d + "Z", sheet.radial([lit(colour, -0.4), colour, lit(colour, 0.25), lit(colour, -0.3)], 0.5, 0.6, 0.62)
            ),
        ]
        for ring in (0.35, 0.6, 0.82) if rings else ():
            parts.append(
                path(
                    d + "Z",
                    "none",
                    f'transform="scale({ring})" stroke="{rings}" stroke-width="{7 / ring:.1f}" stroke-opacity=".75"',
                )
            )
        return f"""<g transform="rotate({dice.uniform(-70, 70):.0f})">{"".join(parts)}</g>"""

    return piece


def ferns(stem: str, curl: str) -> Piece:
    """Fiddleheads: stems whose tip is a spiral."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(stem, tone(light))
        turn = [
            (
                f"{100 * (0.3 - 0.038 * k) * math.cos(k * 0.9):.1f} "
                f"{-55 + 100 * (0.3 - 0.038 * k) * math.sin(k * 0.9):.1f}"
            )
            for k in range(8)
        ]
        d = "M-20 100Q50 20 " + turn[0] + "".join(f"L{spot}" for spot in turn[1:])
        join = 'stroke-linejoin="round"'
        body = (
            line(d, lit(colour, -0.4), 17, join)
            + line(d, colour, 12, join)
            + line(d, lit(curl, tone(light)), 3.5, join)
        )
        return f'<g transform="rotate({dice.gauss(60, 24):.0f})">{body}</g>'

    return piece


def heads(outer: str, inner: str) -> Piece:
    """Cabbages: a pale heart held by outer leaves with white ribs."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        low, high = lit(outer, tone(light)), lit(inner, tone(light))
        leaf = sheet.linear([lit(low, 0.15), low, lit(low, -0.4)], 0.6, 1)
        parts = []
        for turn in (-62, 58, -24, 22):
            d = "M0 85C-85 60 -90 -75 0 -102C90 -75 85 60 0 85Z"
            ribs = "M0 80V-70" + "".join(
                f"M0 {100 * at:.1f}q{30 * way:.1f} -10 {46 * way:.1f} -38"
                for at in (0.5, 0.15, -0.2)
                for way in (-1, 1)
            )
            parts.append(f'<g transform="rotate({turn})">{path(d, leaf)}{line(ribs, lit(high, 0.3), 3)}</g>')
        parts.append(
            ellipse(
                0, -5, 80, 78, sheet.radial([lit(high, 0.5), high, lit(low, 0.05), lit(low, -0.25)], 0.38, 0.3, 0.85)
            )
        )
        veins = "M0 66Q-6 0 -5 -70" + "".join(
            f"M-3 {100 * at:.1f}Q{40 * way:.1f} {100 * (at - 0.15):.1f} {62 * way:.1f} {100 * (at - 0.5):.1f}"
            for at in (0.45, 0.1, -0.2)
            for way in (-1, 1)
        )
        fold = path("M-10 -80C50 -50 45 30 10 70C75 40 90 -50 -10 -80Z", lit(low, -0.1), 'fill-opacity=".35"')
        parts += [fold, line(veins, lit(high, 0.6), 2.6, 'stroke-opacity=".9"')]
        return f"""<g transform="rotate({dice.uniform(-30, 30):.0f})">{"".join(parts)}</g>"""

    return piece


def fans(colour: str, edge: str) -> Piece:
    """Lingzhi: a lacquered kidney-shaped cap with rings, a pale growing edge and a stalk."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        cap = lit(colour, tone(light))
        d = "M-100 10C-100 -75 100 -75 100 10C90 42 30 36 0 26C-30 36 -90 42 -100 10Z"
        shine = sheet.linear([lit(cap, 0.2), lit(cap, 0.5), cap, lit(cap, -0.45)], 0.35, 1)
        parts = [line("M0 20q10 40 -8 85", lit(cap, -0.5), 20)]
        parts += [path(d, lit(edge, tone(light))), path(d, shine, 'transform="translate(0 2) scale(.92 .9)"')]
        for ring in (0.74, 0.55, 0.36):
            parts.append(
                path(
                    d,
                    "none",
                    (
                        f'transform="translate(0 7) scale({ring})" stroke="{lit(cap, -0.4)}" stroke-width="5" '
                        'stroke-opacity=".55"'
                    ),
                )
            )
        return f"""<g transform="rotate({dice.uniform(-24, 24):.0f})">{"".join(parts)}</g>"""

    return piece


def globes(outer: str, tip: str) -> Piece:
    """Artichokes: rows of overlapping scales, the tips of another colour."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(outer, tone(light))
        fill = sheet.linear([lit(tip, tone(light)), (0.35, lit(colour, 0.2)), lit(colour, -0.35)], 0, 1)
        parts = [line("M0 70v50", lit(colour, -0.1), 22), ellipse(0, 0, 90, 92, lit(colour, -0.5))]
        for row in range(5):
            count, level = 3 + row % 2, -72 + row * 30
            wide = 100 * (0.5, 0.78, 0.92, 0.94, 0.78)[row]
            for step in range(count):
                px = wide * ((step + 0.5) / count * 2 - 1) * 0.78
                parts.append(
                    path(
                        (
                            f"M{px - 27:.1f} {level + 42:.1f}C{px - 30:.1f} {level:.1f} {px - 10:.1f} {level - 10:.1f} "
                            f"{px:.1f} {level - 20:.1f}C{px + 10:.1f} {level - 10:.1f} {px + 30:.1f} {level:.1f} "
                            f"{px + 27:.1f} {level + 42:.1f}Z"
                        ),
                        fill,
                        f'stroke="{lit(colour, -0.55)}" stroke-width="2"',
                    )
                )
        return f"""<g transform="rotate({dice.uniform(-30, 30):.0f})">{"".join(parts)}</g>"""

    return piece
