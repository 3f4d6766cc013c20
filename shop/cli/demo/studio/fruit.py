"""Fruit as pieces of a heap."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone


def fruits(
    skins: Sequence[str], *, blush: str = "", tall: float = 1.0, leaf: str = "", eye: str = "", bloom: float = 0.0
) -> Piece:
    """Round fruit: skin, a blush on one side, a leaf, an eye below, a dusty bloom."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        skin = lit(dice.choice(skins), tone(light) * 0.5)
        parts = []
        if leaf:
            parts.append(path(f"M0 {-100 * tall * 0.9:.1f}q30 -55 85 -42q-20 46 -85 42", leaf))
        parts.append(ellipse(0, 0, 100, 100 * tall, ball(sheet, skin, 0)))
        if blush:
            parts.append(
                ellipse(
                    0,
                    0,
                    100,
                    100 * tall,
                    sheet.radial([(0, blush, 0.85), (0.55, blush, 0.25), (1, blush, 0)], 0.72, 0.4, 0.5),
                )
            )
        if bloom:
            parts.append(ellipse(-20, -30, 62, 50, "#ffffff", turn=-30, more=f'fill-opacity="{bloom}"'))
        if eye:
            parts.append(ellipse(8, -100 * tall * 0.86, 16, 7, lit(skin, -0.55)))
            parts.append(line(f"M8 {-100 * tall * 0.86:.1f}q4 -14 13 -22", eye, 7))
        return f"""<g transform="rotate({dice.uniform(-26, 26):.0f})">{"".join(parts)}</g>"""

    return piece


def dragons(skin: str = "#d81e6a", scale: str = "#8fbf4a") -> Piece:
    """Dragon fruit: pink egg with green-tipped scales."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        parts = [ellipse(0, 0, 100, 78, ball(sheet, skin, light))]
        for ring, reach in ((0.15, 0.5), (0.5, 0.42), (0.85, 0.34)):
            for step in range(-2, 3):
                a = step * 0.6 + ring
                px, py = -70 + 150 * ring, 62 * math.sin(a) * (1.1 - 0.4 * abs(ring - 0.4))
                d = (
                    f"M{px:.1f} {py - 9:.1f}q{100 * reach * 0.7:.1f} 2 {100 * reach:.1f} {30 * math.sin(a):.1f}"
                    f"q{-100 * reach * 0.5:.1f} 14 {-100 * reach:.1f} 10z"
                )
                parts.append(path(d, sheet.linear([skin, (0.4, lit(skin, 0.2)), scale])))
        return f"""<g transform="rotate({dice.uniform(-40, -5):.0f})">{"".join(parts)}</g>"""

    return piece
