"""Roots, tubers, gourds and shoots as pieces of a heap."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone


def _placed(parts: Sequence[str], x: float, y: float, turn: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{"".join(parts)}</g>'


def tubers(
    skins: Sequence[str], *, long: float = 1.0, knobs: int = 0, rings: str = "", cut: str = "", lean: float = 70
) -> Piece:
    """Tubers: egg-shaped, `long` times as long as thick, with side knobs, ring marks, perhaps a cut end of that colour."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        skin = dice.choice(skins)
        fill = ball(sheet, skin, light)
        half, high = size, size / long
        parts = []
        for _ in range(knobs):
            at, side = dice.uniform(-0.7, 0.7), dice.choice((-1, 1))
            parts.append(ellipse(half * at, side * high * 0.72, half * 0.3, high * 0.62, fill, dice.uniform(-35, 35)))
        body = (
            f"M{-half:.1f} 0C{-half * 0.9:.1f} {-high * 1.25:.1f} {half * 0.5:.1f} {-high * 1.1:.1f} {half:.1f} "
            f"{-high * 0.1:.1f}C{half * 0.7:.1f} {high * 1.15:.1f} {-half * 0.8:.1f} {high * 1.2:.1f} {-half:.1f} "
            "0Z"
        )
        parts.append(path(body, fill))
        if rings:
            marks = "".join(
                (
                    f"M{half * at:.1f} {-high * 0.8 * (1 - abs(at) * 0.6):.1f}q{half * 0.1:.1f} {high * 0.8:.1f} 0 "
                    f"{high * 1.5 * (1 - abs(at) * 0.6):.1f}"
                )
                for at in (-0.68, -0.4, -0.12, 0.18, 0.46, 0.7)
            )
            parts.append(line(marks, rings, max(1.2, size * 0.018), 'stroke-opacity=".55"'))
        if cut:
            parts.append(ellipse(half * 0.9, -high * 0.05, half * 0.14, high * 0.5, lit(cut, tone(light))))
        return _placed(parts, x, y, dice.uniform(-lean, lean))

    return piece


def roots(skins: Sequence[str], *, legs: int = 2, hairs: int = 8, rings: bool = True) -> Piece:
    """Ginseng-like roots: a ringed head and body, legs that taper, fine hairs."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(dice.choice(skins), tone(light))
        edge, shine = lit(colour, -0.45), lit(colour, 0.4)
        parts = []
        for _ in range(hairs):
            a = dice.uniform(0.5, 2.6)
            reach = size * dice.uniform(0.4, 0.75)
            parts.append(
                line(
                    (
                        f"M{size * dice.uniform(-0.2, 0.6):.1f} 0q{reach * 0.4:.1f} {reach * math.cos(a) * 0.7:.1f} "
                        f"{reach:.1f} {reach * math.cos(a):.1f}"
                    ),
                    colour,
                    size * 0.022,
                )
            )
        for leg in range(legs):
            spread = (leg - (legs - 1) / 2) * 0.55 + dice.uniform(-0.1, 0.1)
            end = f"{size * 1.35:.1f} {size * spread:.1f}"
            start = f"M{size * 0.1:.1f} {size * spread * 0.25:.1f}Q{size * 0.7:.1f} {size * spread * 0.2:.1f} {end}"
            parts += [line(start, edge, size * 0.2), line(start, colour, size * 0.17), line(start, shine, size * 0.04)]
        body = (
            f"M{-size * 0.6:.1f} 0C{-size * 0.5:.1f} {-size * 0.36:.1f} {size * 0.25:.1f} {-size * 0.34:.1f} "
            f"{size * 0.45:.1f} 0C{size * 0.25:.1f} {size * 0.34:.1f} {-size * 0.5:.1f} {size * 0.36:.1f} "
            f"{-size * 0.6:.1f} 0Z"
        )
        parts.append(path(body, ball(sheet, colour, 0)))
        parts += [
            line(f"M{-size * 0.55:.1f} 0l{-size * 0.42:.1f} {size * dice.uniform(-0.16, 0.16):.1f}", edge, size * 0.12)
        ]
        if rings:
            d = "".join(
                f"M{size * at:.1f} {-size * 0.24:.1f}q{size * 0.06:.1f} {size * 0.24:.1f} 0 {size * 0.46:.1f}"
                for at in (-0.4, -0.24, -0.08, 0.1)
            )
            parts.append(line(d, edge, size * 0.018, 'stroke-opacity=".7"'))
        return _placed(parts, x, y, dice.uniform(-30, 60))

    return piece


def gourds(skin: str, stripe: str, *, ribs: int = 0, long: float = 1.0, stalk: str = "#7a8a4a") -> Piece:
    """Pumpkins, wax gourds, chayote: `ribs` deep furrows, `long` times as long as thick."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        half, high = size, size * (0.78 if ribs else 1 / long)
        colour = lit(skin, tone(light))
        parts = [ellipse(0, 0, half, high, ball(sheet, skin, light))]
        for rib in range(ribs):
            at = (rib + 0.5) / ribs * 2 - 1
            parts.append(
                path(
                    (
                        f"M{half * at * 0.25:.1f} {-high * 0.93:.1f}C{half * at * 1.25:.1f} {-high * 0.5:.1f} "
                        f"{half * at * 1.25:.1f} {high * 0.5:.1f} {half * at * 0.25:.1f} {high * 0.95:.1f}"
                    ),
                    "none",
                    f'stroke="{lit(colour, -0.35)}" stroke-width="{size * 0.035:.1f}" stroke-opacity=".6"',
                )
            )
        if not ribs:
            for at in (-0.5, 0, 0.5):
                parts.append(
                    line(
                        (
                            f"M{-half * 0.86:.1f} {high * at * 0.5:.1f}Q0 {high * at * 1.3:.1f} {half * 0.86:.1f} "
                            f"{high * at * 0.5:.1f}"
                        ),
                        stripe,
                        size * 0.03,
                        'stroke-opacity=".45"',
                    )
                )
        if ribs:
            parts.append(
                path(
                    (
                        f"M{-size * 0.1:.1f} {-high * 0.86:.1f}q{size * 0.02:.1f} {-size * 0.22:.1f} {size * 0.16:.1f} "
                        f"{-size * 0.26:.1f}l{size * 0.08:.1f} {size * 0.07:.1f}q{-size * 0.1:.1f} {size * 0.04:.1f} "
                        f"{-size * 0.06:.1f} {size * 0.2:.1f}z"
                    ),
                    lit(stalk, -0.1),
                )
            )
        else:
            parts.append(line(f"M{half * 0.96:.1f} 0l{size * 0.14:.1f} {-size * 0.05:.1f}", stalk, size * 0.09))
        return _placed(parts, x, y, dice.uniform(-12, 12) if ribs else dice.gauss(-8, 16))

    return piece


def shoots(sheaths: Sequence[str], tip: str) -> Piece:
    """Bamboo shoots: cones in overlapping sheaths with fine streaks."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        parts = []
        base = lit(dice.choice(sheaths), tone(light))
        fill = sheet.linear([lit(base, -0.35), lit(base, 0.25), base, lit(base, -0.5)], 0, 1)
        parts.append(
            path(
                (
                    f"M{-size:.1f} {-size * 0.26:.1f}C{-size * 0.2:.1f} {-size * 0.3:.1f} {size * 0.6:.1f} "
                    f"{-size * 0.18:.1f} {size * 1.15:.1f} 0C{size * 0.6:.1f} {size * 0.18:.1f} {-size * 0.2:.1f} "
                    f"{size * 0.3:.1f} {-size:.1f} {size * 0.26:.1f}Z"
                ),
                fill,
            )
        )
        for at, high in ((-0.5, 0.27), (0.0, 0.22), (0.45, 0.15)):
            parts.append(
                line(
                    (
                        f"M{size * at:.1f} {-size * high:.1f}q{size * 0.3:.1f} {size * high * 0.5:.1f} {size * 0.5:.1f} "
                        f"{size * high * 1.2:.1f}"
                    ),
                    lit(base, -0.5),
                    size * 0.025,
                )
            )
            parts.append(
                line(
                    (
                        f"M{size * at:.1f} {size * high:.1f}q{size * 0.2:.1f} {-size * high * 0.7:.1f} {size * 0.55:.1f} "
                        f"{-size * high * 0.5:.1f}"
                    ),
                    lit(tip, tone(light)),
                    size * 0.02,
                )
            )
        parts.append(ellipse(-size, 0, size * 0.1, size * 0.26, lit("#f1e4b8", tone(light))))
        parts.append(ellipse(-size, 0, size * 0.055, size * 0.16, lit("#d9c486", tone(light))))
        return _placed(parts, x, y, dice.gauss(-14, 15))

    return piece


def quills(colours: Sequence[str]) -> Piece:
    """Cinnamon bark rolled from both sides, the curl seen at the end."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        bark = lit(dice.choice(colours), tone(light))
        high = size * 0.16
        fill = sheet.linear(
            [lit(bark, 0.3), bark, (0.5, lit(bark, -0.55)), (0.56, lit(bark, 0.15)), lit(bark, -0.4)], 0, 1
        )
        parts = [
            (
                f'<rect x="{-size:.1f}" y="{-high:.1f}" width="{size * 2:.1f}" height="{high * 2:.1f}" '
                f'rx="{high * 0.4:.1f}" fill="{fill}"/>'
            )
        ]
        for side in (-0.48, 0.5):
            parts.append(ellipse(-size, high * side, high * 0.34, high * 0.5, lit(bark, -0.5)))
            parts.append(ellipse(-size, high * side, high * 0.18, high * 0.3, lit(bark, 0.2)))
        return _placed(parts, x, y, dice.gauss(-10, 14))

    return piece
