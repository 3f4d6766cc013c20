"""Things drawn whole rather than heaped: noodles, tea cakes, cloth, baskets, stools, pipes, plants in pots."""

import math
from collections.abc import Sequence
from random import Random

from shop.cli.demo.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.vessels import BAMBOO, basket_back, basket_front
from shop.cli.demo.weave import band, cloth, threads

Colours = Sequence[str]


def noodles(sheet: Sheet, dice: Random, x: float, y: float, size: float, colour: str = "#b9a88c") -> str:
    """A skein of dried noodles tied in the middle with a bamboo string."""
    parts = [ellipse(x, y + size * 0.2, size * 1.02, size * 0.2, "#1c120a", 0, 'fill-opacity=".35"')]
    for strand in range(64):
        at = strand / 63 * 2 - 1
        rise = size * 0.3 * math.sqrt(max(0, 1 - at * at * 0.8)) * dice.uniform(0.75, 1.1)
        level = y + size * 0.2 * at
        bend = dice.uniform(-0.06, 0.06) * size
        d = f"M{x - size + abs(at) * size * 0.08 + bend:.1f} {level + dice.uniform(-6, 6):.1f}C{x - size * 0.4:.1f} {level - rise:.1f} {x - size * 0.2:.1f} {level * 0.35 + (y - size * 0.02) * 0.65 - rise * 0.3:.1f} {x:.1f} {y - size * 0.02 + at * size * 0.09:.1f}S{x + size * 0.5:.1f} {level - rise:.1f} {x + size - bend:.1f} {level + dice.uniform(-6, 6):.1f}"
        parts.append(line(d, lit(colour, dice.uniform(-0.35, 0.45)), size * 0.02))
    for step in range(4):
        px = x - size * 0.06 + step * size * 0.04
        parts.append(line(f"M{px:.1f} {y - size * 0.13:.1f}q{size * 0.03:.1f} {size * 0.12:.1f} 0 {size * 0.24:.1f}", lit("#d8c07a", -0.1 * (step % 2)), size * 0.04))
    return "".join(parts)


def tea_cake(sheet: Sheet, dice: Random, x: float, y: float, size: float, colours: Colours) -> str:
    """A pressed tea cake lying half out of its paper."""
    parts = [path(f"M{x - size * 1.15:.1f} {y + size * 0.1:.1f}L{x - size * 0.3:.1f} {y - size * 0.62:.1f}L{x + size * 1.2:.1f} {y - size * 0.2:.1f}L{x + size * 0.5:.1f} {y + size * 0.62:.1f}Z", sheet.linear(["#fbf3df", "#e2d2ae"], 1, 1), 'stroke="#c9b78e" stroke-width="3"')]
    parts.append(ellipse(x, y + size * 0.12, size * 0.9, size * 0.44, lit(colours[0], -0.55)))
    parts.append(ellipse(x, y, size * 0.9, size * 0.44, sheet.radial([lit(colours[0], 0.2), colours[0], lit(colours[0], -0.4)], 0.4, 0.35)))
    for _ in range(520):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.86
        px, py = x + size * r * math.cos(a), y + size * 0.49 * r * math.sin(a)
        b, reach = dice.uniform(0, 6.28), size * 0.06
        parts.append(line(f"M{px:.1f} {py:.1f}q{reach * math.cos(b + 0.5):.1f} {reach * 0.5 * math.sin(b + 0.5):.1f} {reach * 1.6 * math.cos(b):.1f} {reach * 0.8 * math.sin(b):.1f}", lit(dice.choice(colours), dice.uniform(-0.3, 0.3)), size * 0.016))
    parts.append(ellipse(x, y + size * 0.02, size * 0.16, size * 0.07, lit(colours[0], -0.5)))
    return "".join(parts)


def scarf(sheet: Sheet, x: float, y: float, wide: float, high: float, colours: Colours, motif: str = "steps") -> str:
    """A dark scarf laid flat with embroidered ends and knotted loops."""
    left, top = x - wide / 2, y - high / 2
    parts = [f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" rx="8" fill="{sheet.linear([lit(colours[0], 0.12), colours[0], lit(colours[0], -0.3)], 1, 0.4)}"/>']
    parts.append(f'<rect x="{left}" y="{top}" width="{wide}" height="{high}" fill="{threads(sheet)}"/>')
    for px in (left + wide * 0.03, left + wide * 0.67):
        box = (px, top + high * 0.06, wide * 0.3, high * 0.88)
        parts.append(f'<rect x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}" fill="{cloth(sheet, motif, colours, wide * 0.1)}"/>')
        parts.append(f'<rect x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}" fill="{threads(sheet)}"/>')
    for step in range(9):
        for px, way in ((left, -1), (left + wide, 1)):
            py = top + high * (step + 0.5) / 9
            parts.append(ellipse(px + way * 14, py, 15, 12, "none", 0, f'stroke="{colours[1 + step % 3]}" stroke-width="9"'))
    folds = "".join(f"M{left + wide * at:.0f} {top}q{wide * 0.02:.0f} {high * 0.5:.0f} 0 {high:.0f}" for at in (0.36, 0.47, 0.58))
    parts.append(line(folds, "#ffffff", 10, 'stroke-opacity=".08"') + line(folds, "#000000", 6, 'stroke-opacity=".25" transform="translate(12 0)"'))
    lain = f"matrix(1 0 -.32 .86 {y * 0.32:.0f} {y * 0.14:.0f})"  # lying, not standing
    return f'<g transform="{lain}">{"".join(parts)}</g>'


def bag(sheet: Sheet, x: float, y: float, size: float, colours: Colours, motif: str) -> str:
    """A shoulder bag of brocade, flap and tassels, its foot at y."""
    left, top = x - size * 0.5, y - size * 0.8
    strap = f"M{left + size * 0.08:.0f} {top + 20:.0f}C{left + size * 0.1:.0f} {top - size * 0.5:.0f} {left + size * 0.9:.0f} {top - size * 0.5:.0f} {left + size * 0.92:.0f} {top + 20:.0f}"
    body = f'x="{left:.0f}" y="{top:.0f}" width="{size:.0f}" height="{size * 0.8:.0f}" rx="{size * 0.06:.0f}"'
    flap = f"M{left:.0f} {top + 10:.0f}H{left + size:.0f}V{top + size * 0.36:.0f}Q{x:.0f} {top + size * 0.6:.0f} {left:.0f} {top + size * 0.36:.0f}Z"
    shade = sheet.linear([(0, "#000000", 0.35), (0.2, "#000000", 0), (0.5, "#ffffff", 0.1), (0.8, "#000000", 0), (1, "#000000", 0.4)])
    parts = [line(strap, lit(colours[0], -0.4), size * 0.07), line(strap, colours[1], size * 0.05), line(strap, colours[2], size * 0.012)]
    parts += [f'<rect {body} fill="{lit(colours[0], 0.05)}"/>', band(sheet, motif, colours, (left + 4, y - size * 0.3, size - 8, size * 0.16))]
    parts += [path(flap, lit(colours[0], 0.1)), path(flap, cloth(sheet, motif, colours, size * 0.125)), path(flap, threads(sheet))]
    parts.append(path(flap, "none", f'stroke="{colours[2]}" stroke-width="{size * 0.018:.1f}"'))
    for step in range(7):
        px = left + size * (0.08 + step * 0.14)
        parts.append(line(f"M{px:.0f} {y - 4:.0f}v{size * 0.1:.0f}", colours[1 + step % 3], size * 0.035))
    parts.append(f'<rect {body} fill="{shade}"/>')
    return "".join(parts)


def rolls(sheet: Sheet, x: float, y: float, size: float, cloths: Sequence[tuple[str, Colours]]) -> str:
    """Rolls of cloth stacked on each other, the end of each roll seen, foot at y."""
    parts = []
    for place, (motif, colours) in enumerate(cloths):
        px, py = x + (place % 2) * size * 0.12 - size * 0.06, y - size * 0.13 - place * size * 0.25
        shade = sheet.linear([(0, "#000000", 0.25), (0.25, "#ffffff", 0.25), (0.55, "#000000", 0.05), (1, "#000000", 0.5)], 0, 1)
        box = f'x="{px - size * 0.62:.0f}" y="{py - size * 0.13:.0f}" width="{size * 1.2:.0f}" height="{size * 0.26:.0f}" rx="{size * 0.03:.0f}"'
        parts += [f'<rect {box} fill="{cloth(sheet, motif, colours, size * 0.13)}"/>', f'<rect {box} fill="{threads(sheet)}"/>', f'<rect {box} fill="{shade}"/>']
        end = px + size * 0.58
        parts.append(ellipse(end, py, size * 0.06, size * 0.13, lit(colours[0], 0.2)))
        for ring in (0.75, 0.5, 0.25):
            parts.append(ellipse(end, py, size * 0.06 * ring, size * 0.13 * ring, "none", 0, f'stroke="{lit(colours[0], -0.4)}" stroke-width="3"'))
    return "".join(parts)


def costume(sheet: Sheet, x: float, y: float, size: float, colours: Colours, motif: str) -> str:
    """A jacket on a bamboo pole: dark cloth, banded sleeves, embroidered front, coins; foot at y."""
    top = y - size
    parts = [line(f"M{x - size * 0.62:.0f} {top + size * 0.1:.0f}H{x + size * 0.62:.0f}", "#a88444", size * 0.035), line(f"M{x:.0f} {top + size * 0.1:.0f}V{top - size * 0.02:.0f}", "#5a4428", 6)]
    skin = sheet.linear([lit(colours[0], -0.2), lit(colours[0], 0.14), colours[0], lit(colours[0], -0.35)])
    for way in (-1, 1):
        sleeve = f"M{x + way * size * 0.16:.0f} {top + size * 0.1:.0f}L{x + way * size * 0.56:.0f} {top + size * 0.13:.0f}L{x + way * size * 0.58:.0f} {top + size * 0.36:.0f}L{x + way * size * 0.22:.0f} {top + size * 0.36:.0f}Z"
        parts.append(path(sleeve, skin))
        clip = sheet.clip(path(sleeve, "#000"))
        stripes = "".join(f'<rect x="{x + way * size * at - size * 0.02:.0f}" y="{top:.0f}" width="{size * 0.035:.0f}" height="{size * 0.5:.0f}" fill="{colours[1 + step % 3]}"/>' for step, at in enumerate((0.3, 0.35, 0.4, 0.45, 0.5)))
        parts.append(f'<g clip-path="{clip}">{stripes}<rect x="{x - size:.0f}" y="{top:.0f}" width="{size * 2:.0f}" height="{size * 0.5:.0f}" fill="{threads(sheet)}"/></g>')
    body = f"M{x - size * 0.2:.0f} {top + size * 0.09:.0f}Q{x:.0f} {top + size * 0.17:.0f} {x + size * 0.2:.0f} {top + size * 0.09:.0f}L{x + size * 0.27:.0f} {top + size * 0.36:.0f}L{x + size * 0.31:.0f} {y - size * 0.06:.0f}Q{x:.0f} {y:.0f} {x - size * 0.31:.0f} {y - size * 0.06:.0f}L{x - size * 0.27:.0f} {top + size * 0.36:.0f}Z"
    clip = sheet.clip(path(body, "#000"))
    bands = band(sheet, motif, colours, (x - size * 0.4, y - size * 0.26, size * 0.8, size * 0.13)) + band(sheet, "teeth", colours, (x - size * 0.4, y - size * 0.12, size * 0.8, size * 0.06))
    front = f'<rect x="{x - size * 0.11:.0f}" y="{top + size * 0.08:.0f}" width="{size * 0.22:.0f}" height="{size * 0.62:.0f}" fill="{cloth(sheet, motif, colours, size * 0.073)}"/>'
    parts += [path(body, skin), f'<g clip-path="{clip}">{front}{bands}<rect x="{x - size:.0f}" y="{top:.0f}" width="{size * 2:.0f}" height="{size:.0f}" fill="{threads(sheet)}"/></g>']
    for row in range(6):
        for way in (-1, 1):
            parts.append(ellipse(x + way * size * 0.15, top + size * (0.2 + row * 0.085), size * 0.022, size * 0.022, sheet.radial(["#ffffff", "#c9ccd0", "#6a7078"])))
    parts.append(line(f"M{x:.0f} {top + size * 0.14:.0f}V{y - size * 0.03:.0f}", "#000000", 4, 'stroke-opacity=".4"'))
    return "".join(parts)


def back_basket(sheet: Sheet, x: float, y: float, size: float) -> str:
    """A carrying basket (gùi) with straps, foot at y."""
    mouth = y - size * 0.95
    straps = "".join(f"M{x + way * size * 0.16:.0f} {mouth + 30:.0f}C{x + way * size * 0.62:.0f} {mouth + size * 0.1:.0f} {x + way * size * 0.6:.0f} {y - size * 0.2:.0f} {x + way * size * 0.24:.0f} {y - size * 0.14:.0f}" for way in (-1, 1))
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
        ring = f"M{x - rx * (0.86 if level < 0.9 else 1.06):.0f} {top + (y - top - ry) * level:.0f}a{rx * (0.86 if level < 0.9 else 1.06):.0f} {ry * 1.05:.0f} 0 0 0 {rx * 2 * (0.86 if level < 0.9 else 1.06):.0f} 0"
        parts += [line(ring, lit(colour, -0.5), 26), line(ring, colour, 18), path(ring, "none", f'stroke="{lit(colour, -0.4)}" stroke-width="18" stroke-dasharray="3 13"')]
    parts += [ellipse(x, top + 16, rx * 1.05, ry * 1.08, lit(colour, -0.55)), ellipse(x, top, rx * 1.05, ry * 1.05, lit(colour, 0.05))]
    for ring in range(9):
        share = 1 - ring / 9
        parts.append(ellipse(x, top, rx * share, ry * share, "none", 0, f'stroke="{lit(colour, 0.3 if ring % 2 else -0.12)}" stroke-width="{size * 0.034:.1f}" stroke-dasharray="{14 + ring % 3} 3"'))
    return "".join(parts)


def khene(sheet: Sheet, x: float, y: float, size: float) -> str:
    """A Mông mouth organ: bent bamboo pipes through a wooden gourd."""
    parts = []
    for pipe in range(6):
        off = pipe * size * 0.034
        d = f"M{x - size * 0.2 + off:.0f} {y + size * 0.08 - off * 0.6:.0f}C{x + size * 0.1 + off:.0f} {y + size * 0.06 - off:.0f} {x + size * 0.4:.0f} {y - size * 0.1 - off * 1.4:.0f} {x + size * (0.62 - pipe * 0.05):.0f} {y - size * (0.82 - pipe * 0.07):.0f}"
        parts += [line(d, "#3a2412", size * 0.036), line(d, lit("#b98444", -0.08 * (pipe % 2)), size * 0.028), line(d, "#e8c080", size * 0.006)]
    body = f"M{x - size * 0.78:.0f} {y + size * 0.02:.0f}C{x - size * 0.5:.0f} {y - size * 0.02:.0f} {x - size * 0.34:.0f} {y - size * 0.16:.0f} {x - size * 0.1:.0f} {y - size * 0.1:.0f}C{x + size * 0.08:.0f} {y - size * 0.04:.0f} {x + size * 0.08:.0f} {y + size * 0.14:.0f} {x - size * 0.08:.0f} {y + size * 0.19:.0f}C{x - size * 0.34:.0f} {y + size * 0.24:.0f} {x - size * 0.5:.0f} {y + size * 0.08:.0f} {x - size * 0.78:.0f} {y + size * 0.05:.0f}Z"
    parts.append(path(body, sheet.linear(["#b0743a", "#8a5426", "#4a2810"], 0.25, 1)))
    for at in (-0.44, -0.3, -0.12, 0.02):
        parts.append(line(f"M{x + size * at:.0f} {y - size * 0.1:.0f}q{size * 0.05:.0f} {size * 0.14:.0f} 0 {size * 0.28:.0f}", "#d8b26a", size * 0.018))
    parts.append(line(f"M{x - size * 0.7:.0f} {y + size * 0.02:.0f}C{x - size * 0.5:.0f} {y - size * 0.01:.0f} {x - size * 0.34:.0f} {y - size * 0.1:.0f} {x - size * 0.14:.0f} {y - size * 0.06:.0f}", "#ffffff", size * 0.014, 'stroke-opacity=".4"'))
    return "".join(parts)


def potted(sheet: Sheet, dice: Random, x: float, y: float, size: float, blooms: Colours) -> str:
    """A cymbidium in a glazed pot: arching leaves, sprays of flowers; foot at y."""
    top = y - size * 0.36
    parts = []
    for step in range(22):
        bend = (step / 21 * 2 - 1) * size * 0.5 + dice.gauss(0, 12)
        rise = size * dice.uniform(0.4, 0.66)
        d = f"M{x + bend * 0.1:.0f} {top:.0f}Q{x + bend * 0.3:.0f} {top - rise:.0f} {x + bend:.0f} {top - rise * dice.uniform(0.35, 0.75):.0f}"
        colour = lit("#4f7f3a", dice.uniform(-0.35, 0.2))
        parts += [line(d, colour, 13), line(d, lit(colour, 0.4), 2.5)]
    for way in (-0.75, -0.25, 0.3, 0.8):
        tip_x, tip_y = x + way * size * 0.4, top - size * 0.5
        parts.append(line(f"M{x + way * 20:.0f} {top:.0f}Q{x + way * size * 0.14:.0f} {top - size * 0.5:.0f} {tip_x:.0f} {tip_y + abs(way) * 60:.0f}", "#7a8a4a", 6))
        for step in range(6):
            at = 0.4 + step * 0.12
            px = x + way * size * 0.4 * at**1.6 + (18 if step % 2 else -18)
            parts.append(_bloom(px, top - size * 0.52 * math.sin(at * 1.45) + abs(way) * 50 * at, size * 0.075, dice.choice(list(blooms))))
    pot = f"M{x - size * 0.26:.0f} {top - 6:.0f}H{x + size * 0.26:.0f}L{x + size * 0.18:.0f} {y:.0f}Q{x:.0f} {y + size * 0.04:.0f} {x - size * 0.18:.0f} {y:.0f}Z"
    parts.append(path(pot, sheet.linear(["#1f3a4a", (0.3, "#5f8aa0"), (0.6, "#33586c"), "#142a36"])))
    parts.append(ellipse(x, top - 4, size * 0.27, size * 0.05, "#6a93a8") + ellipse(x, top - 4, size * 0.24, size * 0.038, "#3a2a1c"))
    return "".join(parts)


def _bloom(x: float, y: float, size: float, colour: str) -> str:
    petals = "".join(ellipse(x + size * 0.62 * math.cos(a), y + size * 0.62 * math.sin(a), size * 0.62, size * 0.34, lit(colour, 0.25 if a < 0 else -0.08), math.degrees(a)) for a in (-2.6, -1.57, -0.5, 0.6, 2.5))
    return petals + ellipse(x, y + size * 0.2, size * 0.3, size * 0.36, "#c2335a") + ellipse(x, y, size * 0.15, size * 0.15, "#f7e08a")


def nursery(sheet: Sheet, dice: Random, x: float, y: float, wide: float) -> str:
    """Rows of saplings in black nursery bags, nearest row's foot at y."""
    parts = []
    for row in range(4):
        size = wide * (0.1 + row * 0.022)
        level = y - (3 - row) * wide * 0.1
        count = 8 - row
        for step in range(count):
            px = x + (step - (count - 1) / 2) * size * 1.12 + (row % 2) * 10
            bag_shape = f"M{px - size * 0.36:.0f} {level - size * 0.8:.0f}h{size * 0.72:.0f}l{-size * 0.05:.0f} {size * 0.8:.0f}q{-size * 0.31:.0f} {size * 0.1:.0f} {-size * 0.62:.0f} 0z"
            parts.append(path(bag_shape, sheet.linear(["#141414", "#4a4a46", "#22221f", "#0c0c0c"])))
            parts.append(ellipse(px, level - size * 0.8, size * 0.36, size * 0.1, "#5a3f28"))
            parts.append(line(f"M{px:.0f} {level - size * 0.8:.0f}q{dice.uniform(-6, 6):.0f} {-size * 0.7:.0f} 0 {-size * 1.35:.0f}", "#6a7a3a", size * 0.05))
            for leaf in range(8):
                a = -math.pi / 2 + (leaf - 3.5) * 0.42
                base = level - size * (1.05 + 0.16 * (leaf % 4))
                colour = lit("#4f8f3a", dice.uniform(-0.25, 0.3))
                d = f"M0 0C{size * 0.15:.1f} {-size * 0.16:.1f} {size * 0.45:.1f} {-size * 0.14:.1f} {size * 0.62:.1f} 0C{size * 0.45:.1f} {size * 0.12:.1f} {size * 0.15:.1f} {size * 0.12:.1f} 0 0Z"
                parts.append(f'<g transform="translate({px:.0f} {base:.0f}) rotate({math.degrees(a) * 0.9 + (0 if leaf % 2 else 12):.0f})">{path(d, colour)}</g>')
    return "".join(parts)


def lilies(sheet: Sheet, dice: Random, x: float, y: float, size: float, colours: Colours) -> str:
    """A sheaf of cut lilies tied with string, lying aslant."""
    parts = []
    for step in range(9):
        off = (step - 4) * size * 0.075
        parts.append(line(f"M{x - size * 0.5:.0f} {y + size * 0.42 + off * 0.25:.0f}Q{x - size * 0.1:.0f} {y + size * 0.1 + off * 0.2:.0f} {x + size * 0.34:.0f} {y - size * 0.3 + off:.0f}", lit("#5f8f3a", dice.uniform(-0.3, 0.1)), 15))
    for step in range(26):
        at = dice.uniform(0, 0.8)
        px, py = x - size * 0.3 + at * size * 0.6, y + size * 0.26 - at * size * 0.5 + dice.gauss(0, size * 0.09)
        colour = lit("#4f7f34", dice.uniform(-0.3, 0.25))
        parts.append(f'<g transform="translate({px:.0f} {py:.0f}) rotate({dice.uniform(-90, 30):.0f})">{path(f"M0 0Q{size * 0.1:.0f} {-size * 0.045:.0f} {size * 0.22:.0f} 0Q{size * 0.1:.0f} {size * 0.045:.0f} 0 0Z", colour)}</g>')
    spots = sorted(((x + size * dice.uniform(0.0, 0.5), y - size * dice.uniform(-0.02, 0.55)) for _ in range(11)), key=lambda spot: spot[1])
    for px, py in spots:
        colour, turn = dice.choice(list(colours)), dice.uniform(0, 60)
        for petal in range(6):
            d = f"M0 0C{size * 0.05:.1f} {-size * 0.06:.1f} {size * 0.13:.1f} {-size * 0.055:.1f} {size * 0.19:.1f} 0C{size * 0.13:.1f} {size * 0.05:.1f} {size * 0.05:.1f} {size * 0.055:.1f} 0 0Z"
            fill = sheet.linear([lit(colour, -0.15), lit(colour, 0.4), lit(colour, 0.1)])
            parts.append(f'<g transform="translate({px:.0f} {py:.0f}) rotate({turn + petal * 60:.0f})">{path(d, fill)}{line(f"M0 0H{size * 0.14:.0f}", lit(colour, -0.25), 2)}</g>')
        for step in range(5):
            parts.append(line(f"M{px:.0f} {py:.0f}l{size * 0.06 * math.cos(step * 1.25):.0f} {size * 0.06 * math.sin(step * 1.25):.0f}", "#a8622a", 4))
    parts.append(line(f"M{x - size * 0.34:.0f} {y + size * 0.16:.0f}q{size * 0.08:.0f} {size * 0.02:.0f} {size * 0.14:.0f} {size * 0.18:.0f}", "#e2cf9a", 26))
    return "".join(parts)


def caviar(sheet: Sheet, dice: Random, x: float, y: float, size: float) -> str:
    """An open tin of black roe with its lid leaning beside it."""
    parts = [ellipse(x + size * 0.72, y - size * 0.28, size * 0.5, size * 0.5, sheet.linear(["#e8c878", "#8a6a24"], 1, 1)), ellipse(x + size * 0.72, y - size * 0.28, size * 0.4, size * 0.4, sheet.linear(["#caa850", "#f0dc9a"], 1, 1))]
    parts.append(path(f"M{x - size * 0.8:.0f} {y - size * 0.2:.0f}V{y:.0f}A{size * 0.8:.0f} {size * 0.34:.0f} 0 0 0 {x + size * 0.8:.0f} {y:.0f}V{y - size * 0.2:.0f}Z", sheet.linear(["#6a5018", "#f0dc9a", "#b8922e", "#5a4212"])))
    parts += [ellipse(x, y - size * 0.2, size * 0.8, size * 0.34, "#e2c46a"), ellipse(x, y - size * 0.19, size * 0.72, size * 0.29, "#15140f")]
    for _ in range(420):
        a, r = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.95
        px, py = x + size * 0.7 * r * math.cos(a), y - size * 0.22 + size * 0.27 * r * math.sin(a)
        parts.append(ellipse(px, py, size * 0.034, size * 0.032, sheet.radial(["#c8ccc8", (0.2, "#4c4e48"), "#0c0c0a"])))
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


def vine_bundle(sheet: Sheet, dice: Random, x: float, y: float, size: float) -> str:
    """A bunch of chayote shoots: stems tied with string, round leaves, curling tendrils."""
    parts = []
    for step in range(16):
        off = (step - 7.5) * size * 0.035
        parts.append(line(f"M{x - size * 0.9:.0f} {y + size * 0.3 + off * 0.5:.0f}Q{x:.0f} {y + size * 0.1 + off:.0f} {x + size * 0.7:.0f} {y - size * 0.25 + off * 2.4:.0f}", lit("#8fbf5a", dice.uniform(-0.3, 0.2)), size * 0.035))
    for _ in range(26):
        at = dice.uniform(0.15, 1)
        px, py = x - size * 0.6 + at * size * 1.35, y + size * 0.22 - at * size * 0.42 + dice.gauss(0, size * 0.15) * at
        colour, reach = lit("#6fae45", dice.uniform(-0.35, 0.25)), size * dice.uniform(0.14, 0.24)
        d = f"M0 {reach * 0.5:.1f}C{-reach * 1.2:.1f} {reach * 0.6:.1f} {-reach:.1f} {-reach * 0.6:.1f} {-reach * 0.4:.1f} {-reach * 0.5:.1f}L0 {-reach:.1f}L{reach * 0.4:.1f} {-reach * 0.5:.1f}C{reach:.1f} {-reach * 0.6:.1f} {reach * 1.2:.1f} {reach * 0.6:.1f} 0 {reach * 0.5:.1f}Z"
        ribs = line(f"M0 {reach * 0.5:.1f}V{-reach * 0.8:.1f}M0 {reach * 0.4:.1f}L{-reach * 0.6:.1f} {-reach * 0.2:.1f}M0 {reach * 0.4:.1f}L{reach * 0.6:.1f} {-reach * 0.2:.1f}", lit(colour, 0.4), reach * 0.06)
        parts.append(f'<g transform="translate({px:.0f} {py:.0f}) rotate({dice.uniform(20, 110):.0f})">{path(d, colour)}{ribs}</g>')
    for _ in range(7):
        px, py = x + size * dice.uniform(0.3, 0.9), y + size * dice.uniform(-0.6, 0.1)
        parts.append(line(f"M{px:.0f} {py:.0f}c40 -30 70 10 40 26s-44 -22 -10 -26", "#a9cf6a", 5))
    parts.append(line(f"M{x - size * 0.5:.0f} {y + size * 0.04:.0f}q{size * 0.06:.0f} {size * 0.16:.0f} {size * 0.02:.0f} {size * 0.34:.0f}", "#d8c07a", size * 0.06))
    return "".join(parts)
