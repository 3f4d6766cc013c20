"""Leafy goods, mushrooms, flowers and fruit as pieces of a heap."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.emoji import emoji
from shop.cli.demo.studio.heaps import Piece, ball, tone


def art(name: str, *, hue: int = 0, saturation: float = 1.0, value: float = 1.0, lean: float = 16) -> Piece:
    """A piece of emoji art; its side is twice the size of the piece, so larger ones are cut to 300 units."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        side = min(300.0, size * 2)
        return emoji(name, x, y, side, dice.uniform(-lean, lean), hue=hue, saturation=saturation, value=value)

    return piece


def caps(colours: Sequence[str], crack: str, *, stem: str = "#e8dcc0") -> Piece:
    """Shiitake: domed caps with pale cracks, some upside down."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = dice.choice(colours)
        high = size * 0.72
        parts = [ellipse(0, high * 0.25, size * 0.98, high * 0.8, lit(stem, tone(light) - 0.15))]
        parts.append(ellipse(0, 0, size, high * 0.9, ball(sheet, colour, light)))
        marks = []
        for step in range(9):
            a = step * 0.7 + dice.uniform(-0.2, 0.2)
            r1, r2 = dice.uniform(0.1, 0.35), dice.uniform(0.55, 0.85)
            marks.append(
                f"M{size * r1 * math.cos(a):.1f} {high * r1 * math.sin(a):.1f}"
                f"Q{size * r2 * 0.6 * math.cos(a + 0.25):.1f} {high * r2 * 0.6 * math.sin(a + 0.25):.1f} "
                f"{size * r2 * math.cos(a):.1f} {high * 0.88 * r2 * math.sin(a):.1f}"
            )
        parts.append(line("".join(marks), lit(crack, tone(light)), size * 0.06, 'stroke-opacity=".8"'))
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-35, 35):.0f})">{"".join(parts)}</g>'

    return piece


def ears(colours: Sequence[str], *, rings: str = "") -> Piece:
    """Wood ears and lingzhi: wavy shells with a pale edge, perhaps growth rings."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        edge = [size * dice.uniform(0.82, 1.1) for _ in range(8)]
        spots = [
            (r * math.cos(step * math.pi / 4), r * 0.66 * math.sin(step * math.pi / 4)) for step, r in enumerate(edge)
        ]
        d = f"M{spots[0][0]:.1f} {spots[0][1]:.1f}"
        for step in range(8):
            (ax, ay), (bx, by) = spots[step], spots[(step + 1) % 8]
            d += f"Q{(ax + bx) * 0.62:.1f} {(ay + by) * 0.62:.1f} {bx:.1f} {by:.1f}"
        parts = [
            path(d + "Z", lit(colour, 0.35), f'transform="translate(0 {size * 0.06:.1f})"'),
            path(
                d + "Z", sheet.radial([lit(colour, -0.4), colour, lit(colour, 0.25), lit(colour, -0.3)], 0.5, 0.6, 0.62)
            ),
        ]
        for ring in (0.35, 0.6, 0.82) if rings else ():
            parts.append(
                path(
                    d + "Z",
                    "none",
                    (
                        f'transform="scale({ring})" stroke="{rings}" stroke-width="{size * 0.07 / ring:.1f}" '
                        'stroke-opacity=".75"'
                    ),
                )
            )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-70, 70):.0f})">{"".join(parts)}</g>'

    return piece


def ferns(stem: str, curl: str) -> Piece:
    """Fiddleheads: stems whose tip is a spiral."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(stem, tone(light))
        turn = [
            (
                f"{size * (0.30 - 0.038 * k) * math.cos(k * 0.9):.1f} "
                f"{-size * 0.55 + size * (0.30 - 0.038 * k) * math.sin(k * 0.9):.1f}"
            )
            for k in range(8)
        ]
        d = (
            f"M{-size * 0.2:.1f} {size:.1f}Q{size * 0.5:.1f} {size * 0.2:.1f} "
            + turn[0]
            + "".join(f"L{spot}" for spot in turn[1:])
        )
        join = 'stroke-linejoin="round"'
        body = (
            line(d, lit(colour, -0.4), size * 0.17, join)
            + line(d, colour, size * 0.12, join)
            + line(d, lit(curl, tone(light)), size * 0.035, join)
        )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.gauss(60, 24):.0f})">{body}</g>'

    return piece


def heads(outer: str, inner: str) -> Piece:
    """Cabbages: a pale heart held by outer leaves with white ribs."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        low, high = lit(outer, tone(light)), lit(inner, tone(light))
        leaf = sheet.linear([lit(low, 0.15), low, lit(low, -0.4)], 0.6, 1)
        parts = []
        for turn in (-62, 58, -24, 22):
            d = (
                f"M0 {size * 0.85:.1f}C{-size * 0.85:.1f} {size * 0.6:.1f} {-size * 0.9:.1f} {-size * 0.75:.1f} 0 "
                f"{-size * 1.02:.1f}C{size * 0.9:.1f} {-size * 0.75:.1f} {size * 0.85:.1f} {size * 0.6:.1f} 0 "
                f"{size * 0.85:.1f}Z"
            )
            ribs = f"M0 {size * 0.8:.1f}V{-size * 0.7:.1f}" + "".join(
                (
                    f"M0 {size * at:.1f}q{size * 0.3 * way:.1f} {-size * 0.1:.1f} {size * 0.46 * way:.1f} "
                    f"{-size * 0.38:.1f}"
                )
                for at in (0.5, 0.15, -0.2)
                for way in (-1, 1)
            )
            parts.append(f'<g transform="rotate({turn})">{path(d, leaf)}{line(ribs, lit(high, 0.3), size * 0.03)}</g>')
        parts.append(
            ellipse(
                0,
                -size * 0.05,
                size * 0.8,
                size * 0.78,
                sheet.radial([lit(high, 0.5), high, lit(low, 0.05), lit(low, -0.25)], 0.38, 0.3, 0.85),
            )
        )
        veins = f"M0 {size * 0.66:.1f}Q{-size * 0.06:.1f} 0 {-size * 0.05:.1f} {-size * 0.7:.1f}" + "".join(
            (
                f"M{-size * 0.03:.1f} {size * at:.1f}Q{size * 0.4 * way:.1f} {size * (at - 0.15):.1f} "
                f"{size * 0.62 * way:.1f} {size * (at - 0.5):.1f}"
            )
            for at in (0.45, 0.1, -0.2)
            for way in (-1, 1)
        )
        fold = path(
            (
                f"M{-size * 0.1:.1f} {-size * 0.8:.1f}C{size * 0.5:.1f} {-size * 0.5:.1f} {size * 0.45:.1f} "
                f"{size * 0.3:.1f} {size * 0.1:.1f} {size * 0.7:.1f}C{size * 0.75:.1f} {size * 0.4:.1f} "
                f"{size * 0.9:.1f} {-size * 0.5:.1f} {-size * 0.1:.1f} {-size * 0.8:.1f}Z"
            ),
            lit(low, -0.1),
            'fill-opacity=".35"',
        )
        parts += [fold, line(veins, lit(high, 0.6), size * 0.026, 'stroke-opacity=".9"')]
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-30, 30):.0f})">{"".join(parts)}</g>'

    return piece


def fans(colour: str, edge: str) -> Piece:
    """Lingzhi: a lacquered kidney-shaped cap with rings, a pale growing edge and a stalk."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        cap = lit(colour, tone(light))
        d = (
            f"M{-size:.1f} {size * 0.1:.1f}C{-size:.1f} {-size * 0.75:.1f} {size:.1f} {-size * 0.75:.1f} "
            f"{size:.1f} {size * 0.1:.1f}C{size * 0.9:.1f} {size * 0.42:.1f} {size * 0.3:.1f} {size * 0.36:.1f} 0 "
            f"{size * 0.26:.1f}C{-size * 0.3:.1f} {size * 0.36:.1f} {-size * 0.9:.1f} {size * 0.42:.1f} "
            f"{-size:.1f} {size * 0.1:.1f}Z"
        )
        shine = sheet.linear([lit(cap, 0.2), lit(cap, 0.5), cap, lit(cap, -0.45)], 0.35, 1)
        parts = [
            line(
                f"M0 {size * 0.2:.1f}q{size * 0.1:.1f} {size * 0.4:.1f} {-size * 0.08:.1f} {size * 0.85:.1f}",
                lit(cap, -0.5),
                size * 0.2,
            )
        ]
        parts += [
            path(d, lit(edge, tone(light))),
            path(d, shine, f'transform="translate(0 {size * 0.02:.1f}) scale(.92 .9)"'),
        ]
        for ring in (0.74, 0.55, 0.36):
            parts.append(
                path(
                    d,
                    "none",
                    (
                        f'transform="translate(0 {size * 0.07:.1f}) scale({ring})" stroke="{lit(cap, -0.4)}" '
                        f'stroke-width="{size * 0.05:.1f}" stroke-opacity=".55"'
                    ),
                )
            )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-24, 24):.0f})">{"".join(parts)}</g>'

    return piece


def globes(outer: str, tip: str) -> Piece:
    """Artichokes: rows of overlapping scales, the tips of another colour."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(outer, tone(light))
        fill = sheet.linear([lit(tip, tone(light)), (0.35, lit(colour, 0.2)), lit(colour, -0.35)], 0, 1)
        parts = [
            line(f"M0 {size * 0.7:.1f}v{size * 0.5:.1f}", lit(colour, -0.1), size * 0.22),
            ellipse(0, 0, size * 0.9, size * 0.92, lit(colour, -0.5)),
        ]
        for row in range(5):
            count, level = 3 + (row % 2), -size * 0.72 + row * size * 0.3
            wide = size * (0.5, 0.78, 0.92, 0.94, 0.78)[row]
            for step in range(count):
                px = wide * ((step + 0.5) / count * 2 - 1) * 0.78
                parts.append(
                    path(
                        (
                            f"M{px - size * 0.27:.1f} {level + size * 0.42:.1f}C{px - size * 0.3:.1f} {level:.1f} "
                            f"{px - size * 0.1:.1f} {level - size * 0.1:.1f} {px:.1f} {level - size * 0.2:.1f}"
                            f"C{px + size * 0.1:.1f} {level - size * 0.1:.1f} {px + size * 0.3:.1f} {level:.1f} "
                            f"{px + size * 0.27:.1f} {level + size * 0.42:.1f}Z"
                        ),
                        fill,
                        f'stroke="{lit(colour, -0.55)}" stroke-width="{size * 0.02:.1f}"',
                    )
                )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-30, 30):.0f})">{"".join(parts)}</g>'

    return piece
