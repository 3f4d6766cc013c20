"""Roots, tubers, gourds and shoots as pieces of a heap."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone


def _turned(parts: Sequence[str], turn: float) -> str:
    return f"""<g transform="rotate({turn:.0f})">{"".join(parts)}</g>"""


def tubers(
    skins: Sequence[str], *, long: float = 1.0, knobs: int = 0, rings: str = "", cut: str = "", lean: float = 70
) -> Piece:
    """Tubers: egg-shaped, `long` times as long as thick, with side knobs, ring marks, perhaps a cut end."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        skin = dice.choice(skins)
        fill = ball(sheet, skin, light)
        high = 100 / long
        parts = []
        for _ in range(knobs):
            at, side = dice.uniform(-0.7, 0.7), dice.choice((-1, 1))
            parts.append(ellipse(100 * at, side * high * 0.72, 30, high * 0.62, fill, turn=dice.uniform(-35, 35)))
        body = (
            f"M-100 0C-90 {-high * 1.25:.1f} 50 {-high * 1.1:.1f} 100 {-high * 0.1:.1f}C70 {high * 1.15:.1f} -80 "
            f"{high * 1.2:.1f} -100 0Z"
        )
        parts.append(path(body, fill))
        if rings:
            marks = "".join(
                (
                    f"M{100 * at:.1f} {-high * 0.8 * (1 - abs(at) * 0.6):.1f}q10 {high * 0.8:.1f} 0 "
                    f"{high * 1.5 * (1 - abs(at) * 0.6):.1f}"
                )
                for at in (-0.68, -0.4, -0.12, 0.18, 0.46, 0.7)
            )
            parts.append(line(marks, rings, max(1.2, 1.8), 'stroke-opacity=".55"'))
        if cut:
            parts.append(ellipse(90, -high * 0.05, 14, high * 0.5, lit(cut, tone(light))))
        return _turned(parts, dice.uniform(-lean, lean))

    return piece


def roots(skins: Sequence[str], *, legs: int = 2, hairs: int = 8, rings: bool = True) -> Piece:
    """Ginseng-like roots: a ringed head and body, legs that taper, fine hairs."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(dice.choice(skins), tone(light))
        edge, shine = lit(colour, -0.45), lit(colour, 0.4)
        parts = []
        for _ in range(hairs):
            a = dice.uniform(0.5, 2.6)
            reach = 100 * dice.uniform(0.4, 0.75)
            parts.append(
                line(
                    (
                        f"M{100 * dice.uniform(-0.2, 0.6):.1f} 0q{reach * 0.4:.1f} {reach * math.cos(a) * 0.7:.1f} "
                        f"{reach:.1f} {reach * math.cos(a):.1f}"
                    ),
                    colour,
                    2.2,
                )
            )
        for leg in range(legs):
            spread = (leg - (legs - 1) / 2) * 0.55 + dice.uniform(-0.1, 0.1)
            end = f"135 {100 * spread:.1f}"
            start = f"M10 {100 * spread * 0.25:.1f}Q70 {100 * spread * 0.2:.1f} {end}"
            parts += [line(start, edge, 20), line(start, colour, 17), line(start, shine, 4)]
        body = "M-60 0C-50 -36 25 -34 45 0C25 34 -50 36 -60 0Z"
        parts.append(path(body, ball(sheet, colour, 0)))
        parts += [line(f"M-55 0l-42 {100 * dice.uniform(-0.16, 0.16):.1f}", edge, 12)]
        if rings:
            d = "".join(f"M{100 * at:.1f} -24q6 24 0 46" for at in (-0.4, -0.24, -0.08, 0.1))
            parts.append(line(d, edge, 1.8, 'stroke-opacity=".7"'))
        return _turned(parts, dice.uniform(-30, 60))

    return piece


def gourds(skin: str, stripe: str, *, ribs: int = 0, long: float = 1.0, stalk: str = "#7a8a4a") -> Piece:
    """Pumpkins, wax gourds, chayote: `ribs` deep furrows, `long` times as long as thick."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        high = 100 * (0.78 if ribs else 1 / long)
        colour = lit(skin, tone(light))
        parts = [ellipse(0, 0, 100, high, ball(sheet, skin, light))]
        for rib in range(ribs):
            at = (rib + 0.5) / ribs * 2 - 1
            parts.append(
                path(
                    (
                        f"M{100 * at * 0.25:.1f} {-high * 0.93:.1f}C{100 * at * 1.25:.1f} {-high * 0.5:.1f} "
                        f"{100 * at * 1.25:.1f} {high * 0.5:.1f} {100 * at * 0.25:.1f} {high * 0.95:.1f}"
                    ),
                    "none",
                    f'stroke="{lit(colour, -0.35)}" stroke-width="3.5" stroke-opacity=".6"',
                )
            )
        if not ribs:
            for at in (-0.5, 0, 0.5):
                parts.append(
                    line(
                        f"M-86 {high * at * 0.5:.1f}Q0 {high * at * 1.3:.1f} 86 {high * at * 0.5:.1f}",
                        stripe,
                        3,
                        'stroke-opacity=".45"',
                    )
                )
        if ribs:
            parts.append(path(f"M-10 {-high * 0.86:.1f}q2 -22 16 -26l8 7q-10 4 -6 20z", lit(stalk, -0.1)))
        else:
            parts.append(line("M96 0l14 -5", stalk, 9))
        return _turned(parts, dice.uniform(-12, 12) if ribs else dice.gauss(-8, 16))

    return piece


def shoots(sheaths: Sequence[str], tip: str) -> Piece:
    """Bamboo shoots: cones in overlapping sheaths with fine streaks."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        parts = []
        base = lit(dice.choice(sheaths), tone(light))
        fill = sheet.linear([lit(base, -0.35), lit(base, 0.25), base, lit(base, -0.5)], 0, 1)
        parts.append(path("M-100 -26C-20 -30 60 -18 115 0C60 18 -20 30 -100 26Z", fill))
        for at, high in ((-0.5, 0.27), (0.0, 0.22), (0.45, 0.15)):
            parts.append(
                line(
                    f"M{100 * at:.1f} {-100 * high:.1f}q30 {100 * high * 0.5:.1f} 50 {100 * high * 1.2:.1f}",
                    lit(base, -0.5),
                    2.5,
                )
            )
            parts.append(
                line(
                    f"M{100 * at:.1f} {100 * high:.1f}q20 {-100 * high * 0.7:.1f} 55 {-100 * high * 0.5:.1f}",
                    lit(tip, tone(light)),
                    2,
                )
            )
        parts.append(ellipse(-100, 0, 10, 26, lit("#f1e4b8", tone(light))))
        parts.append(ellipse(-100, 0, 5.5, 16, lit("#d9c486", tone(light))))
        return _turned(parts, dice.gauss(-14, 15))

    return piece


def quills(colours: Sequence[str]) -> Piece:
    """Cinnamon bark rolled from both sides, the curl seen at the end."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        bark = lit(dice.choice(colours), tone(light))
        fill = sheet.linear(
            [lit(bark, 0.3), bark, (0.5, lit(bark, -0.55)), (0.56, lit(bark, 0.15)), lit(bark, -0.4)], 0, 1
        )
        parts = [f'<rect x="-100" y="-16" width="200" height="32" rx="6.4" fill="{fill}"/>']
        for side in (-0.48, 0.5):
            parts.append(ellipse(-100, 16 * side, 5.44, 8, lit(bark, -0.5)))
            parts.append(ellipse(-100, 16 * side, 2.88, 4.8, lit(bark, 0.2)))
        return _turned(parts, dice.gauss(-10, 14))

    return piece
