"""Loose goods in heaps: grains, leaves, slices, sticks, powders, threads; each heap is seeded and looks poured."""

import math
from collections.abc import Callable, Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line, lit, path

Piece = Callable[[Sheet, Random, float, float], str]
"""Draws one piece 100 units to each side of (0, 0): sheet, dice, size it will have, light -0.5 … 0.4."""

Box = tuple[float, float, float]  # half width, half depth and height of a heap


def mound(
    sheet: Sheet,
    dice: Random,
    piece: Piece,
    at: tuple[float, float],
    size: Box,
    *,
    grain: float,
    count: int,
    under: str,
) -> str:
    """Return a heap of pieces on an elliptic foot whose middle is `at`.

    grain: size of a piece; under: colour seen between the pieces, "" where so few lie that the tray shows.
    """
    rx, ry, rise = size
    parts = []
    if under:
        foot = sheet.linear([lit(under, 0.05), lit(under, -0.5)], 0.4, 1)
        parts.append(path(_dome(at, (rx * 0.9, ry * 0.92, rise * 0.9)), foot))
    for px, py, big, light in spots(dice, at, size, grain, count):
        parts.append(group([piece(sheet, dice, big, light)], px, py, 0, big / 100))
    return "".join(parts)


def spots(
    dice: Random, at: tuple[float, float], size: Box, grain: float, count: int
) -> list[tuple[float, float, float, float]]:
    """Return where the pieces of a heap lie, top first: x, y, size of the piece, light on it."""
    found = []
    for px, py, across, down in _spread(dice, at, size, count):
        light = 0.24 - 0.22 * (across + 0.35) ** 2 - 0.36 * down**2 + dice.uniform(-0.08, 0.08)
        found.append((px, py, grain * dice.uniform(0.84, 1.12) * (0.94 + 0.14 * down), light))
    return found


def _dome(at: tuple[float, float], size: Box) -> str:
    (x, y), (rx, ry, rise) = at, size
    top = f"{y - rise:.1f}"
    return (
        f"M{x - rx:.1f} {y:.1f}C{x - rx * 0.8:.1f} {y - rise * 0.6:.1f} {x - rx * 0.35:.1f} {top} {x:.1f} {top}"
        f"C{x + rx * 0.35:.1f} {top} {x + rx * 0.8:.1f} {y - rise * 0.6:.1f} {x + rx:.1f} {y:.1f}"
        f"A{rx:.1f} {ry:.1f} 0 0 1 {x - rx:.1f} {y:.1f}Z"
    )


def _spread(dice: Random, at: tuple[float, float], size: Box, count: int) -> list[tuple[float, float, float, float]]:
    """Return spots on the seen side of a heap, top first: x, y, how far across (-1 … 1), how far down (0 … 1)."""
    (x, y), (rx, ry, rise) = at, size
    found: list[tuple[float, float, float, float]] = []
    tall = rise + ry
    shift, step = dice.random(), 0
    while len(found) < count:
        step += 1  # a low-discrepancy walk (Roberts' R2 sequence) leaves no holes and no clumps
        down, across = (shift + 0.7548776662 * step) % 1, 2 * ((shift + 0.5698402910 * step) % 1) - 1
        above = rise - down * tall
        width = (1 - above / rise) ** 0.66 if above > 0 else math.sqrt(max(0.0, 1 - (above / ry) ** 2))
        if abs(across) < width:
            shaken = dice.gauss(0, 0.02)
            found.append((x + rx * (across + shaken), y - above + rise * shaken, across, down))
    return sorted(found, key=lambda spot: spot[1])


def tone(light: float) -> float:
    """Return the light in steps of 0.1, so that few gradients serve many pieces."""
    return max(-0.5, min(0.4, round(light * 10) / 10))


def ball(sheet: Sheet, colour: str, light: float, size: float = 100) -> str:
    """Return the fill of something round; of something too small to see the curve, a cheaper one."""
    shade = lit(colour, tone(light))
    if size < 28:
        return sheet.linear([lit(shade, 0.5), lit(shade, -0.26)], 0.5, 1)
    return sheet.radial([lit(shade, 0.75), (0.16, lit(shade, 0.3)), (0.5, shade), lit(shade, -0.5)])


def grains(colours: Sequence[str], *, thin: float = 0.45, mark: str = "") -> Piece:
    """Grains, beans, kernels: ellipses `thin` as high as long; mark: colour of a seam."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        turn = dice.uniform(-80, 80)
        body = ellipse(0, 0, 100, 100 * thin, ball(sheet, dice.choice(colours), light, grain), turn=turn)
        if mark:
            body += ellipse(0, 100 * thin * 0.15, 50, max(1.0, 100 * thin * 0.16), mark, turn=turn)
        return body

    return piece


def balls(colours: Sequence[str], *, crack: str = "", dimple: str = "") -> Piece:
    """Nuts, berries, pollen, pills: round, perhaps with a crack or a small eye."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        body = ellipse(0, 0, 100, 100 * dice.uniform(0.92, 1), ball(sheet, dice.choice(colours), light, grain))
        if crack:
            turn = dice.uniform(-60, 60)
            body += ellipse(10, 0, 62, 8, crack, turn=turn)
        if dimple:
            away = dice.uniform(0, 6.28)
            body += ellipse(45 * math.cos(away), 40 * math.sin(away), 16, 12, dimple)
        return body

    return piece


def pods(colours: Sequence[str], rib: str) -> Piece:
    """Cardamom-like pods: egg-shaped, ribbed, with a small stalk."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        turn = dice.uniform(0, 180)
        ribs = "".join(
            f'<ellipse rx="100" ry="{62 * part:.1f}" fill="none" stroke="{rib}" stroke-width="7"/>'
            for part in (0.35, 0.7)
        )
        body = f'<ellipse rx="100" ry="64" fill="{ball(sheet, dice.choice(colours), light, grain)}"/>'
        stalk = f'<path d="M90 0l35 -6" stroke="{rib}" stroke-width="16"/>'
        return f'<g transform="rotate({turn:.0f})">{stalk}{body}{ribs}</g>'

    return piece


def curls(colours: Sequence[str], *, thick: float = 0.24) -> Piece:
    """Dried leaf: twisted strands, each with a line of light along it."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        angle, bend = dice.uniform(0, 6.28), dice.uniform(-0.9, 0.9)
        dx, dy = 100 * math.cos(angle), 100 * math.sin(angle) * 0.7
        mx, my = -dy * bend, dx * bend
        d = f"M{-dx:.1f} {-dy:.1f}Q{mx:.1f} {my:.1f} {dx:.1f} {dy:.1f}"
        colour = lit(dice.choice(colours), tone(light))
        shine = line(d, lit(colour, 0.28), 100 * thick * 0.34, 'transform="translate(-4 -7)"')
        return line(d, lit(colour, -0.35), 100 * thick * 1.25) + line(d, colour, 100 * thick) + shine

    return piece


def leaves(colours: Sequence[str], *, wide: float = 0.34, vein: float = 0.3) -> Piece:
    """Fresh or dried whole leaves with a midrib."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        turn, half = dice.uniform(0, 360), 100 * wide * dice.uniform(0.8, 1.2)
        colour = lit(dice.choice(colours), tone(light))
        d = f"M-100 0C-40 {-half * 1.3:.1f} 50 {-half:.1f} 100 0"
        low = f"C50 {half:.1f} -40 {half * 1.3:.1f} -100 0Z"
        top = path(d + "Z", lit(colour, 0.14))
        rib = line(f"M-115 0Q0 {-half * 0.2:.1f} 90 0", lit(colour, vein), 4.5)
        return f'<g transform="rotate({turn:.0f})">{path(d + low, lit(colour, -0.12))}{top}{rib}</g>'

    return piece


def slices(skin: str, flesh: Sequence[str], *, ring: str = "", long: float = 1.0) -> Piece:
    """Sliced root or fruit: a rim of skin, flesh, perhaps a ring; long > 1 makes ovals."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        turn, flat = dice.uniform(-50, 50), dice.uniform(0.5, 0.82)
        inside = lit(dice.choice(flesh), tone(light))
        fill = sheet.radial([lit(inside, 0.3), (0.6, inside), lit(inside, -0.22)], 0.45, 0.4)
        wide, high = 100 * long, 100 * flat
        parts = [
            ellipse(0, 12, wide, high, lit(skin, tone(light) - 0.2), turn=turn),
            ellipse(0, 0, wide * 0.95, high * 0.93, fill, turn=turn),
        ]
        if ring:
            rim = f'stroke="{ring}" stroke-width="6"'
            parts.append(ellipse(0, 0, wide * 0.55, high * 0.52, "none", turn=turn, more=rim))
            parts.append(ellipse(0, 0, wide * 0.12, high * 0.12, ring, turn=turn))
        return "".join(parts)

    return piece


def sticks(colours: Sequence[str], *, thick: float = 0.2, rough: str = "", slope: float = 26) -> Piece:
    """Sticks, strips, straight roots: rounded bars that lie roughly one way, perhaps with rough marks."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        turn = dice.gauss(-12, slope)
        colour = lit(dice.choice(colours), tone(light))
        high = 100 * thick * dice.uniform(0.8, 1.2)
        fill = sheet.linear([lit(colour, 0.3), (0.4, colour), lit(colour, -0.45)], 0, 1)
        parts = [f'<rect x="-100" y="{-high:.1f}" width="200" height="{2 * high:.1f}" rx="{high:.1f}" fill="{fill}"/>']
        if rough:
            marks = "".join(
                (
                    f"M{at:.1f} {dice.uniform(-0.7, 0.2) * high:.1f}l{dice.uniform(0.06, 0.2) * 100:.1f} "
                    f"{dice.uniform(-2, 2):.1f}"
                )
                for at in (dice.uniform(-0.9, 0.75) * 100 for _ in range(5))
            )
            parts.append(line(marks, rough, max(1.2, high * 0.13)))
        return f"""<g transform="rotate({turn:.0f})">{"".join(parts)}</g>"""

    return piece


def crumbs(colours: Sequence[str]) -> Piece:
    """Floss and coarse powder: soft small clouds of short threads."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        angle = dice.uniform(0, 6.28)
        dx, dy = 100 * math.cos(angle), 60 * math.sin(angle)
        d = f"M{-dx:.1f} {-dy:.1f}q{dx + dy:.1f} {dy - dx * 0.4:.1f} {2 * dx:.1f} {2 * dy:.1f}"
        return line(d, colour, 16)

    return piece


def powder(sheet: Sheet, dice: Random, colour: str, at: tuple[float, float], size: Box) -> str:
    """Return a soft heap of fine powder with a few lumps and a lit side; at and size as in `mound`."""
    rx, ry, rise = size
    fill = sheet.radial([lit(colour, 0.5), (0.5, colour), lit(colour, -0.35)], 0.38, 0.15, 0.95)
    parts = [path(_dome(at, size), fill)]
    for px, py, across, down in _spread(dice, at, (rx * 0.94, ry * 0.9, rise * 0.96), 240):
        speck = lit(colour, dice.choice((0.4, 0.22, -0.1)) - 0.2 * down - 0.1 * across)
        parts.append(ellipse(px, py, dice.uniform(2, 7), dice.uniform(1.5, 4), speck, more='fill-opacity=".5"'))
    return "".join(parts)
