"""Loose goods in heaps: grains, leaves, slices, sticks, powders, threads; each heap is seeded and looks poured."""

import math
from collections.abc import Callable, Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path

Piece = Callable[[Sheet, Random, float, float, float, float], str]  # sheet, dice, x, y, size, light -0.5 … 0.5 -> SVG


def mound(
    sheet: Sheet, dice: Random, piece: Piece, *, at: tuple[float, float], size: tuple[float, float, float], grain: float,
    count: int, under: str,
) -> str:  # fmt: skip
    """Return a heap of pieces on an elliptic foot.

    at: middle of the foot; size: half width, half depth and height of the heap; grain: size of a piece;
    under: colour seen between the pieces; "" where so few pieces lie that the tray shows.
    """
    (x, y), (rx, ry, rise) = at, size
    parts = []
    if under:
        foot = sheet.linear([lit(under, 0.05), lit(under, -0.5)], 0.4, 1)
        parts.append(path(_dome(x, y, rx * 0.9, ry * 0.92, rise * 0.9), foot))
    for px, py, across, down in _spread(dice, x, y, rx, ry, rise, count):
        light = 0.24 - 0.22 * (across + 0.35) ** 2 - 0.36 * down**2 + dice.uniform(-0.08, 0.08)
        parts.append(piece(sheet, dice, px, py, grain * dice.uniform(0.84, 1.12) * (0.94 + 0.14 * down), light))
    return "".join(parts)


def _dome(x: float, y: float, rx: float, ry: float, rise: float) -> str:
    return (
        f"M{x - rx:.1f} {y:.1f}C{x - rx * 0.8:.1f} {y - rise * 0.6:.1f} {x - rx * 0.35:.1f} {y - rise:.1f} {x:.1f} {y - rise:.1f}"
        f"C{x + rx * 0.35:.1f} {y - rise:.1f} {x + rx * 0.8:.1f} {y - rise * 0.6:.1f} {x + rx:.1f} {y:.1f}"
        f"A{rx:.1f} {ry:.1f} 0 0 1 {x - rx:.1f} {y:.1f}Z"
    )


def _spread(
    dice: Random, x: float, y: float, rx: float, ry: float, rise: float, count: int
) -> list[tuple[float, float, float, float]]:
    """Return spots on the seen side of a heap, top first: x, y, how far across (-1 … 1), how far down (0 … 1)."""
    spots: list[tuple[float, float, float, float]] = []
    tall = rise + ry
    shift, step = dice.random(), 0
    while len(spots) < count:
        step += 1  # a low-discrepancy walk (Roberts' R2 sequence) leaves no holes and no clumps
        down, across = (shift + 0.7548776662 * step) % 1, 2 * ((shift + 0.5698402910 * step) % 1) - 1
        above = rise - down * tall
        width = (1 - above / rise) ** 0.66 if above > 0 else math.sqrt(max(0.0, 1 - (above / ry) ** 2))
        if abs(across) < width:
            shaken = dice.gauss(0, 0.02)
            spots.append((x + rx * (across + shaken), y - above + rise * shaken, across, down))
    return sorted(spots, key=lambda spot: spot[1])


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

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        turn = dice.uniform(-80, 80)
        body = ellipse(x, y, size, size * thin, ball(sheet, dice.choice(colours), light, size), turn)
        if mark:
            body += ellipse(x, y + size * thin * 0.15, size * 0.5, max(1.0, size * thin * 0.16), mark, turn)
        return body

    return piece


def balls(colours: Sequence[str], *, crack: str = "", dimple: str = "") -> Piece:
    """Nuts, berries, pollen, pills: round, perhaps with a crack or a small eye."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        body = ellipse(x, y, size, size * dice.uniform(0.92, 1), ball(sheet, dice.choice(colours), light, size))
        if crack:
            turn = dice.uniform(-60, 60)
            body += ellipse(x + size * 0.1, y, size * 0.62, size * 0.08, crack, turn)
        if dimple:
            away = dice.uniform(0, 6.28)
            body += ellipse(
                x + size * 0.45 * math.cos(away), y + size * 0.4 * math.sin(away), size * 0.16, size * 0.12, dimple
            )
        return body

    return piece


def pods(colours: Sequence[str], rib: str) -> Piece:
    """Cardamom-like pods: egg-shaped, ribbed, with a small stalk."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        turn = dice.uniform(0, 180)
        ribs = "".join(
            (
                f'<ellipse rx="{size:.1f}" ry="{size * 0.62 * part:.1f}" fill="none" stroke="{rib}" '
                f'stroke-width="{size * 0.07:.1f}"/>'
            )
            for part in (0.35, 0.7)
        )
        body = (
            f'<ellipse rx="{size:.1f}" ry="{size * 0.64:.1f}" fill="{ball(sheet, dice.choice(colours), light, size)}"/>'
        )
        stalk = (
            f'<path d="M{size * 0.9:.1f} 0l{size * 0.35:.1f} {-size * 0.06:.1f}" stroke="{rib}" '
            f'stroke-width="{size * 0.16:.1f}"/>'
        )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{stalk}{body}{ribs}</g>'

    return piece


def curls(colours: Sequence[str], *, thick: float = 0.24) -> Piece:
    """Dried leaf: twisted strands, each with a line of light along it."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        angle, bend = dice.uniform(0, 6.28), dice.uniform(-0.9, 0.9)
        dx, dy = size * math.cos(angle), size * math.sin(angle) * 0.7
        mx, my = -dy * bend, dx * bend
        d = f"M{x - dx:.1f} {y - dy:.1f}Q{x + mx:.1f} {y + my:.1f} {x + dx:.1f} {y + dy:.1f}"
        colour = lit(dice.choice(colours), tone(light))
        shine = line(
            d, lit(colour, 0.28), size * thick * 0.34, f'transform="translate({-size * 0.04:.1f} {-size * 0.07:.1f})"'
        )
        return line(d, lit(colour, -0.35), size * thick * 1.25) + line(d, colour, size * thick) + shine

    return piece


def leaves(colours: Sequence[str], *, wide: float = 0.34, vein: float = 0.3) -> Piece:
    """Fresh or dried whole leaves with a midrib."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        turn, half = dice.uniform(0, 360), size * wide * dice.uniform(0.8, 1.2)
        colour = lit(dice.choice(colours), tone(light))
        d = f"M{-size:.1f} 0C{-size * 0.4:.1f} {-half * 1.3:.1f} {size * 0.5:.1f} {-half:.1f} {size:.1f} 0"
        low = f"C{size * 0.5:.1f} {half:.1f} {-size * 0.4:.1f} {half * 1.3:.1f} {-size:.1f} 0Z"
        top = path(d + "Z", lit(colour, 0.14))
        rib = line(f"M{-size * 1.15:.1f} 0Q0 {-half * 0.2:.1f} {size * 0.9:.1f} 0", lit(colour, vein), size * 0.045)
        return (
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{path(d + low, lit(colour, -0.12))}'
            f"{top}{rib}</g>"
        )

    return piece


def slices(skin: str, flesh: Sequence[str], *, ring: str = "", long: float = 1.0) -> Piece:
    """Sliced root or fruit: a rim of skin, flesh, perhaps a ring; long > 1 makes ovals."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        turn, flat = dice.uniform(-50, 50), dice.uniform(0.5, 0.82)
        inside = lit(dice.choice(flesh), tone(light))
        fill = sheet.radial([lit(inside, 0.3), (0.6, inside), lit(inside, -0.22)], 0.45, 0.4)
        wide, high = size * long, size * flat
        parts = [
            ellipse(x, y + size * 0.12, wide, high, lit(skin, tone(light) - 0.2), turn),
            ellipse(x, y, wide * 0.95, high * 0.93, fill, turn),
        ]
        if ring:
            rim = f'stroke="{ring}" stroke-width="{size * 0.06:.1f}"'
            parts.append(ellipse(x, y, wide * 0.55, high * 0.52, "none", turn, rim))
            parts.append(ellipse(x, y, wide * 0.12, high * 0.12, ring, turn))
        return "".join(parts)

    return piece


def sticks(colours: Sequence[str], *, thick: float = 0.2, rough: str = "", slope: float = 26) -> Piece:
    """Sticks, strips, straight roots: rounded bars that lie roughly one way, perhaps with rough marks."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        turn = dice.gauss(-12, slope)
        colour = lit(dice.choice(colours), tone(light))
        high = size * thick * dice.uniform(0.8, 1.2)
        fill = sheet.linear([lit(colour, 0.3), (0.4, colour), lit(colour, -0.45)], 0, 1)
        parts = [
            (
                f'<rect x="{-size:.1f}" y="{-high:.1f}" width="{2 * size:.1f}" height="{2 * high:.1f}" rx="{high:.1f}'
                f'" fill="{fill}"/>'
            )
        ]
        if rough:
            marks = "".join(
                (
                    f"M{at:.1f} {dice.uniform(-0.7, 0.2) * high:.1f}l{dice.uniform(0.06, 0.2) * size:.1f} "
                    f"{dice.uniform(-2, 2):.1f}"
                )
                for at in (dice.uniform(-0.9, 0.75) * size for _ in range(5))
            )
            parts.append(line(marks, rough, max(1.2, high * 0.13)))
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})">{"".join(parts)}</g>'

    return piece


def crumbs(colours: Sequence[str]) -> Piece:
    """Floss and coarse powder: soft small clouds of short threads."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        angle = dice.uniform(0, 6.28)
        dx, dy = size * math.cos(angle), size * 0.6 * math.sin(angle)
        d = f"M{x - dx:.1f} {y - dy:.1f}q{dx + dy:.1f} {dy - dx * 0.4:.1f} {2 * dx:.1f} {2 * dy:.1f}"
        return line(d, colour, max(1.6, size * 0.16))

    return piece


def powder(sheet: Sheet, dice: Random, colour: str, at: tuple[float, float], size: tuple[float, float, float]) -> str:
    """Return a soft heap of fine powder with a few lumps and a lit side; at and size as in `mound`."""
    (x, y), (rx, ry, rise) = at, size
    fill = sheet.radial([lit(colour, 0.5), (0.5, colour), lit(colour, -0.35)], 0.38, 0.15, 0.95)
    parts = [path(_dome(x, y, rx, ry, rise), fill)]
    for px, py, across, down in _spread(dice, x, y, rx * 0.94, ry * 0.9, rise * 0.96, 240):
        speck = lit(colour, dice.choice((0.4, 0.22, -0.1)) - 0.2 * down - 0.1 * across)
        parts.append(ellipse(px, py, dice.uniform(2, 7), dice.uniform(1.5, 4), speck, 0, 'fill-opacity=".5"'))
    return "".join(parts)
