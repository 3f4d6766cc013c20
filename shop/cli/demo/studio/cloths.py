"""Cloth and what is sewn of it: scarf, bag, rolls, a costume on its pole."""

from collections.abc import Sequence

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.weave import band, cloth, threads

Colours = Sequence[str]


def scarf(sheet: Sheet, colours: Colours, motif: str = "steps") -> str:
    """A dark scarf laid flat with embroidered ends and knotted loops."""
    parts = [
        (
            '<rect x="-500" y="-200" width="1000" height="400" rx="8" '
            f'fill="{sheet.linear([lit(colours[0], 0.12), colours[0], lit(colours[0], -0.3)], 1, 0.4)}"/>'
        )
    ]
    parts.append(f'<rect x="-500" y="-200" width="1000" height="400" fill="{threads(sheet)}"/>')
    for px in (-470, 170):
        box = (px, -176, 300, 352)
        parts.append(
            f'<rect x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}" '
            f'fill="{cloth(sheet, motif, colours, 100)}"/>'
        )
        parts.append(f'<rect x="{box[0]}" y="{box[1]}" width="{box[2]}" height="{box[3]}" fill="{threads(sheet)}"/>')
    for step in range(9):
        for px, way in ((-500, -1), (500, 1)):
            py = -200 + 400 * (step + 0.5) / 9
            parts.append(
                ellipse(px + way * 14, py, 15, 12, "none", more=f'stroke="{colours[1 + step % 3]}" stroke-width="9"')
            )
    folds = "".join(f"M{-500 + 1000 * at:.0f} -200q20 200 0 400" for at in (0.36, 0.47, 0.58))
    parts.append(
        line(folds, "#ffffff", 10, 'stroke-opacity=".08"')
        + line(folds, "#000000", 6, 'stroke-opacity=".25" transform="translate(12 0)"')
    )
    lain = "matrix(1 0 -.32 .86 0 0)"
    return f'''<g transform="{lain}">{"".join(parts)}</g>'''


def bag(sheet: Sheet, colours: Colours, motif: str) -> str:
    """A shoulder bag of brocade, flap and tassels, its foot at y."""
    strap = "M-420 -780C-400 -1300 400 -1300 420 -780"
    body = 'x="-500" y="-800" width="1000" height="800" rx="60"'
    flap = "M-500 -790H500V-440Q0 -200 -500 -440Z"
    shade = sheet.linear(
        [(0, "#000000", 0.35), (0.2, "#000000", 0), (0.5, "#ffffff", 0.1), (0.8, "#000000", 0), (1, "#000000", 0.4)]
    )
    parts = [line(strap, lit(colours[0], -0.4), 70), line(strap, colours[1], 50), line(strap, colours[2], 12)]
    parts += [f'<rect {body} fill="{lit(colours[0], 0.05)}"/>', band(sheet, motif, colours, (-496, -300, 992, 160))]
    parts += [
        path(flap, lit(colours[0], 0.1)),
        path(flap, cloth(sheet, motif, colours, 125)),
        path(flap, threads(sheet)),
    ]
    parts.append(path(flap, "none", f'stroke="{colours[2]}" stroke-width="18"'))
    for step in range(7):
        px = -500 + 1000 * (0.08 + step * 0.14)
        parts.append(line(f"M{px:.0f} -4v100", colours[1 + step % 3], 35))
    parts.append(f'<rect {body} fill="{shade}"/>')
    return "".join(parts)


def rolls(sheet: Sheet, cloths: Sequence[tuple[str, Colours]]) -> str:
    """Rolls of cloth stacked on each other, the end of each roll seen, foot at y."""
    parts = []
    for place, (motif, colours) in enumerate(cloths):
        px, py = place % 2 * 120 - 60, -130 - place * 250
        shade = sheet.linear(
            [(0, "#000000", 0.25), (0.25, "#ffffff", 0.25), (0.55, "#000000", 0.05), (1, "#000000", 0.5)], 0, 1
        )
        box = f'x="{px - 620:.0f}" y="{py - 130:.0f}" width="1200" height="260" rx="30"'
        parts += [
            f'<rect {box} fill="{cloth(sheet, motif, colours, 130)}"/>',
            f'<rect {box} fill="{threads(sheet)}"/>',
            f'<rect {box} fill="{shade}"/>',
        ]
        end = px + 580
        parts.append(ellipse(end, py, 60, 130, lit(colours[0], 0.2)))
        for ring in (0.75, 0.5, 0.25):
            parts.append(
                ellipse(
                    end, py, 60 * ring, 130 * ring, "none", more=f'stroke="{lit(colours[0], -0.4)}" stroke-width="3"'
                )
            )
    return "".join(parts)


def costume(sheet: Sheet, colours: Colours, motif: str) -> str:
    """A jacket on a bamboo pole: dark cloth, banded sleeves, embroidered front, coins; foot at y."""
    parts = [line("M-620 -900H620", "#a88444", 35), line("M0 -900V-1020", "#5a4428", 6)]
    skin = sheet.linear([lit(colours[0], -0.2), lit(colours[0], 0.14), colours[0], lit(colours[0], -0.35)])
    parts += [_sleeve(sheet, way, skin, colours) for way in (-1, 1)]
    body = "M-200 -910Q0 -830 200 -910L270 -640L310 -60Q0 0 -310 -60L-270 -640Z"
    clip = sheet.clip(path(body, "#000"))
    bands = band(sheet, motif, colours, (-400, -260, 800, 130)) + band(sheet, "teeth", colours, (-400, -120, 800, 60))
    front = f'<rect x="-110" y="-920" width="220" height="620" fill="{cloth(sheet, motif, colours, 73)}"/>'
    parts += [
        path(body, skin),
        (
            f'<g clip-path="{clip}">{front}{bands}<rect x="-1000" y="-1000" width="2000" height="1000" '
            f'fill="{threads(sheet)}"/></g>'
        ),
    ]
    coin = sheet.radial(["#ffffff", "#c9ccd0", "#6a7078"])
    parts += [ellipse(way * 150, -800 + row * 85, 22, 22, coin) for row in range(6) for way in (-1, 1)]
    parts.append(line("M0 -860V-30", "#000000", 4, 'stroke-opacity=".4"'))
    return "".join(parts)


def _sleeve(sheet: Sheet, way: int, skin: str, colours: Colours) -> str:
    shape = path(f"M{way * 160} -900L{way * 560} -870L{way * 580} -640L{way * 220} -640Z", skin)
    stripes = "".join(
        f'<rect x="{way * at - 20}" y="-1000" width="35" height="500" fill="{colours[1 + step % 3]}"/>'
        for step, at in enumerate((300, 350, 400, 450, 500))
    )
    weft = f'<rect x="-1000" y="-1000" width="2000" height="500" fill="{threads(sheet)}"/>'
    return f'{shape}<g clip-path="{sheet.clip(shape)}">{stripes}{weft}</g>'
