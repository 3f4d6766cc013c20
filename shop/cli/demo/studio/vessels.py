"""What loose goods lie in: bamboo tray, basket, bowls, board, leaf, crate, plate."""

import math
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path

BOWLS = {"bowl": ("#8a5a34", ""), "china": ("#eef1ee", "#2f5590")}  # colour and painted line
BAMBOO = "#d8b26a"
Mouth = tuple[float, float, float, float]  # x, y, half width and half depth of the rim


def _plait(mouth: Mouth, colour: str) -> str:
    """Return strips of bamboo across an ellipse, every other row shifted by half a strip."""
    x, y, rx, ry = mouth
    rows: tuple[list[str], list[str]] = ([], [])
    step = 15
    for row in range(1, int(2 * ry / step)):
        level = -ry + row * step
        half = rx * (1 - (level / ry) ** 2) ** 0.5
        rows[row % 2].append(f"M{x - half:.0f} {y + level:.0f}h{2 * half:.0f}")
    return "".join(
        path(
            "".join(lines),
            "none",
            f'stroke="{tone}" stroke-width="9" stroke-dasharray="26 18" stroke-dashoffset="{shift}"',
        )
        for lines, tone, shift in ((rows[0], lit(colour, 0.3), 0), (rows[1], lit(colour, 0.16), 22))
    )


def tray(sheet: Sheet, mouth: Mouth) -> str:
    """A round winnowing tray (nia), seen from the front; goods go on top of it."""
    (x, y, rx, ry), colour = mouth, BAMBOO
    shade = sheet.linear([(0, "#000000", 0.3), (0.5, "#000000", 0.05), (1, "#fff4dc", 0.2)], 0, 1)
    rim = sheet.linear([lit(colour, -0.4), lit(colour, 0.3), lit(colour, -0.1), lit(colour, -0.5)])
    return (
        ellipse(x, y + ry * 0.2, rx * 1.01, ry * 1.02, lit(colour, -0.6))
        + ellipse(x, y + ry * 0.09, rx * 1.02, ry * 1.02, rim)
        + ellipse(x, y, rx, ry, lit(colour, 0.12))
        + ellipse(x, y + ry * 0.03, rx * 0.93, ry * 0.9, lit(colour, -0.16))
        + _plait((x, y + ry * 0.03, rx * 0.92, ry * 0.89), colour)
        + ellipse(x, y + ry * 0.03, rx * 0.93, ry * 0.9, shade)
        + ellipse(
            x,
            y,
            rx * 0.985,
            ry * 0.97,
            "none",
            more=f'stroke="{lit(colour, -0.35)}" stroke-width="3" stroke-dasharray="4 26"',
        )
    )


def basket_back(sheet: Sheet, mouth: Mouth) -> str:
    """The far rim and the inside of a basket; goods come next, then the front."""
    (x, y, rx, ry), colour = mouth, BAMBOO
    inside = sheet.linear([lit(colour, -0.62), lit(colour, -0.3)], 0, 1)
    return ellipse(x, y, rx, ry, lit(colour, 0.1)) + ellipse(x, y + 4, rx * 0.95, ry * 0.9, inside)


def basket_front(sheet: Sheet, mouth: Mouth, deep: float) -> str:
    """The woven wall of a basket, `deep` units high, and its near rim."""
    (x, y, rx, ry), colour = mouth, BAMBOO
    low, narrow = y + deep, rx * 0.78
    body = (
        f"M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 0 {x + rx:.1f} {y:.1f}"
        f"L{x + narrow:.1f} {low:.1f}A{narrow:.1f} {ry * 0.8:.1f} 0 0 1 {x - narrow:.1f} {low:.1f}Z"
    )
    round_shade = sheet.linear(
        [
            (0, "#1c0f04", 0.55),
            (0.22, "#1c0f04", 0.05),
            (0.38, "#fff2d0", 0.2),
            (0.7, "#1c0f04", 0.08),
            (1, "#1c0f04", 0.6),
        ]
    )
    parts = [path(body, lit(colour, -0.45))]
    rows = max(3, round(deep / 19))
    ribs = 26
    weave = []
    for row in range(rows):
        at = row / rows
        half, dip = rx + (narrow - rx) * at, ry * (1 - 0.2 * at)
        level = y + deep * at
        for rib in range(ribs):
            if (rib + row) % 2:
                continue
            a, b = math.pi * rib / ribs, math.pi * (rib + 1.35) / ribs
            x1, x2 = x - half * math.cos(a), x - half * math.cos(b)
            y1, y2 = level + dip * math.sin(a), level + dip * math.sin(b)
            middle = (y1 + y2) / 2 + 2
            weave.append(f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}")
    d = "".join(weave)
    parts += [line(d, lit(colour, -0.15), 17), line(d, lit(colour, 0.16), 12)]
    parts.append(path(body, round_shade))
    rim = f"M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 0 {x + rx:.1f} {y:.1f}"
    parts += [line(rim, lit(colour, -0.4), 24), line(rim, lit(colour, 0.25), 17)]
    parts.append(path(rim, "none", f'stroke="{lit(colour, -0.3)}" stroke-width="17" stroke-dasharray="3 21"'))
    return "".join(parts)


def bowl(sheet: Sheet, mouth: Mouth, deep: float, colour: str, ring: str = "") -> tuple[str, str]:
    """Return back and front of a bowl; goods go between. ring: colour of a painted line."""
    x, y, rx, ry = mouth
    wall = sheet.linear([lit(colour, -0.4), (0.3, lit(colour, 0.35)), (0.6, colour), lit(colour, -0.5)])
    hollow = sheet.linear([lit(colour, -0.5), lit(colour, -0.1)], 0, 1)
    back = ellipse(x, y, rx, ry, lit(colour, 0.3)) + ellipse(x, y + 3, rx * 0.94, ry * 0.88, hollow)
    base = rx * 0.42
    body = (
        f"M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 0 {x + rx:.1f} {y:.1f}"
        f"C{x + rx * 0.95:.1f} {y + deep * 0.7:.1f} {x + base * 1.2:.1f} {y + deep:.1f} {x + base:.1f} {y + deep:.1f}"
        f"A{base:.1f} {ry * 0.36:.1f} 0 0 1 {x - base:.1f} {y + deep:.1f}"
        f"C{x - base * 1.2:.1f} {y + deep:.1f} {x - rx * 0.95:.1f} {y + deep * 0.7:.1f} {x - rx:.1f} {y:.1f}Z"
    )
    front = path(body, wall)
    if ring:
        front += line(
            (
                f"M{x - rx * 0.97:.1f} {y + deep * 0.2:.1f}A{rx * 0.97:.1f} {ry:.1f} 0 0 0 {x + rx * 0.97:.1f} "
                f"{y + deep * 0.2:.1f}"
            ),
            ring,
            6,
            'stroke-opacity=".8"',
        )
    front += line(f"M{x - rx:.1f} {y:.1f}A{rx:.1f} {ry:.1f} 0 0 0 {x + rx:.1f} {y:.1f}", lit(colour, 0.5), 6)
    return back, front


def board(sheet: Sheet, x: float, y: float, wide: float, deep: float, *, colour: str = "#a9733f") -> str:
    """A cutting board lying on the table, its near edge seen."""
    top = sheet.linear([lit(colour, 0.25), colour, lit(colour, -0.15)], 0.7, 1)
    half, far = wide / 2, wide / 2 * 0.88
    surface = f"M{x - far:.1f} {y - deep:.1f}H{x + far:.1f}L{x + half:.1f} {y:.1f}H{x - half:.1f}Z"
    streaks = "".join(
        (
            f"M{x - far - (half - far) * t + 14:.1f} {y - deep * (1 - t):.1f}q{wide * 0.3:.1f} 5 {wide * 0.5:.1f} "
            f"0t{wide * 0.36:.1f} 1"
        )
        for t in (0.18, 0.33, 0.52, 0.7, 0.86)
    )
    return (
        path(surface, top, 'stroke-linejoin="round"')
        + line(streaks, lit(colour, -0.25), 2.5, 'stroke-opacity=".6"')
        + path(f"M{x - half:.1f} {y:.1f}h{wide:.1f}v26h{-wide:.1f}z", lit(colour, -0.38))
        + line(f"M{x - half:.1f} {y:.1f}h{wide:.1f}", lit(colour, 0.4), 3)
    )


def leaf_mat(sheet: Sheet, dice: Random, mouth: Mouth) -> str:
    """Banana or dong leaves laid flat under fresh goods."""
    x, y, rx, ry = mouth
    parts = []
    for turn in (-14, 9, -3):
        colour = lit("#4f8a35", dice.uniform(-0.2, 0.1))
        fill = sheet.linear([lit(colour, -0.2), lit(colour, 0.25), colour, lit(colour, -0.25)], 0.2, 1)
        d = (
            f"M{-rx:.1f} 0C{-rx * 0.5:.1f} {-ry * 1.25:.1f} {rx * 0.6:.1f} {-ry:.1f} {rx:.1f} {-ry * 0.08:.1f}"
            f"C{rx * 0.6:.1f} {ry:.1f} {-rx * 0.5:.1f} {ry * 1.1:.1f} {-rx:.1f} 0Z"
        )
        veins = "".join(
            (
                f"M{-rx * 0.85 + step * rx * 0.115:.1f} 0l{rx * 0.1:.1f} {-ry * 0.6:.1f}"
                f"M{-rx * 0.85 + step * rx * 0.115:.1f} 0l{rx * 0.1:.1f} {ry * 0.55:.1f}"
            )
            for step in range(14)
        )
        rib = line(f"M{-rx:.1f} 0Q0 {-ry * 0.06:.1f} {rx:.1f} {-ry * 0.08:.1f}", lit(colour, 0.4), 6)
        parts.append(
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn})">{path(d, fill)}'
            f"{line(veins, lit(colour, 0.2), 1.6)}{rib}</g>"
        )
    return "".join(parts)


def plate(sheet: Sheet, mouth: Mouth) -> str:
    """A glazed plate with a painted rim."""
    (x, y, rx, ry), colour, ring = mouth, "#f4efe4", "#3b5b8c"
    glaze = sheet.linear([lit(colour, -0.22), lit(colour, 0.4), lit(colour, -0.12)], 0.8, 1)
    return (
        ellipse(x, y + ry * 0.14, rx, ry, lit(colour, -0.5))
        + ellipse(x, y, rx, ry, glaze)
        + ellipse(x, y, rx * 0.94, ry * 0.92, "none", more=f'stroke="{ring}" stroke-width="5" stroke-opacity=".75"')
        + ellipse(x, y + ry * 0.06, rx * 0.74, ry * 0.68, lit(colour, -0.1))
        + ellipse(x, y + ry * 0.09, rx * 0.72, ry * 0.66, lit(colour, 0.1))
    )


def crate(sheet: Sheet, x: float, y: float, wide: float, high: float) -> tuple[str, str]:
    """Return back and front of a slatted wooden crate, its foot at y; goods go between."""
    colour = "#c99b5f"
    half, up = wide / 2, high * 0.42
    back = path(
        f"M{x - half * 0.92:.1f} {y - high - up:.1f}h{wide * 0.92:.1f}l{half * 0.08:.1f} {up:.1f}h{-wide:.1f}z",
        lit(colour, -0.6),
    )
    slats = []
    for row in range(3):
        top = y - high + row * high / 3
        fill = sheet.linear([lit(colour, 0.2 - 0.1 * row), lit(colour, -0.1), lit(colour, -0.3)], 1, 0.3)
        slats.append(
            f'<rect x="{x - half:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high / 3 - 9:.1f}" rx="4" '
            f'fill="{fill}"/>'
        )
        slats.append(
            line(
                f"M{x - half + 20:.1f} {top + high * 0.11:.1f}q{wide * 0.3:.1f} 8 {wide * 0.55:.1f} 0",
                lit(colour, -0.3),
                2,
                'stroke-opacity=".6"',
            )
        )
    posts = "".join(
        (
            f'<rect x="{px:.1f}" y="{y - high - 8:.1f}" width="34" height="{high + 8:.1f}" rx="3" '
            f'fill="{lit(colour, -0.18)}"/>'
        )
        + "".join(ellipse(px + 17, y - high + high / 3 * row + high / 8, 4, 4, lit(colour, -0.65)) for row in range(3))
        for px in (x - half + 6, x + half - 40)
    )
    return back, "".join(slats) + posts


def vessel(sheet: Sheet, dice: Random, kind: str, at: tuple[float, float], reach: float) -> tuple[str, str]:
    """Return what lies behind and before goods in a vessel whose foot is near `at`; nothing for a bare heap."""
    x, y = at
    flat = (x, y - reach * 0.4, reach, reach * 0.4)
    back, front = "", ""
    if kind == "tray":
        back = tray(sheet, flat)
    elif kind == "plate":
        back = plate(sheet, flat)
    elif kind == "leaf":
        back = leaf_mat(sheet, dice, (x, flat[1], reach, reach * 0.36))
    elif kind == "board":
        back = board(sheet, x, y, reach * 2, reach * 0.62)
    elif kind == "crate":
        back, front = crate(sheet, x, y, reach * 2, reach * 0.55)
    elif kind == "basket":
        mouth = (x, y - reach * 0.62, reach, reach * 0.26)
        back, front = basket_back(sheet, mouth), basket_front(sheet, mouth, reach * 0.62)
    elif kind in BOWLS:
        back, front = bowl(sheet, (x, y - reach * 0.6, reach, reach * 0.3), reach * 0.6, *BOWLS[kind])
    return back, front
