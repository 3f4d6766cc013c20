"""Fish, meat and eggs as pieces of a heap."""

from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone

_SCALES = "".join(
    f"M{-50 + 11 * c + 5.5 * (r % 2):.1f} {(8.1 * r - 20.2) * (1 - 0.05 * c):.1f}q5 3.8 0 7.6"
    for r in range(5)
    for c in range(11)
)
_SCUTES = "".join(
    f"M{at} {-27 * (1.02 - abs(at) * 0.005):.1f}l5 -4.3l5 5.4zM{at} -1.4l5 -2.7l5 2.7l-5 2.7z"
    for at in range(-55, 77, 12)
)
_EYE = (
    ellipse(-76, -7, 4.2, 4.2, "#f0e6c0")
    + ellipse(-76.5, -7, 2.6, 2.8, "#14120f")
    + ellipse(-77.5, -8.1, 0.8, 0.8, "#ffffff")
)


def fishes(
    back: str,
    belly: str,
    *,
    spots: str = "",
    stripe: str = "",
    scutes: str = "",
    whiskers: bool = False,
    scales: bool = False,
    lean: float = 8,
) -> Piece:
    """Whole fish on their side: trout have spots and stripe, sturgeon scutes, catfish whiskers, carp scales."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        top, low = lit(back, tone(light)), lit(belly, tone(light))
        skin = sheet.linear(
            [lit(top, -0.3), top, (0.5, lit(top, 0.35)), lit(low, 0.2), (0.9, low), lit(low, -0.35)], 0, 1
        )
        body = "M-100 0C-75 -33.8 10 -36.5 78 -5.4L78 5.4C10 35.1 -75 32.4 -100 0Z"
        fin = lit(top, -0.25)
        parts = [path("M72 0L112 -25.6Q98 0 112 25.6Z", fin)]
        parts.append(path("M-15 -25.6L2 -43.2L30 -21.6ZM10 21.6L30 37.8L40 17.6Z", fin))
        parts.append(path(body, skin))
        if stripe:
            parts.append(line("M-60 0.5Q0 -3.2 72 0", stripe, 9.18, 'stroke-opacity=".5"'))
        if spots:
            parts.append(_spots(dice, spots))
        if scales:
            parts.append(line(_SCALES, lit(top, -0.4), 1, 'stroke-opacity=".6"'))
        if scutes:
            parts.append(path(_SCUTES, scutes))
        if whiskers:
            parts.append(line("M-92 2.7q-10 18.9 10 29.7M-90 0q-20 2.7 -20 21.6", lit(top, -0.4), 1.4))
        parts.append(line("M-55 -19.4q13 18.9 0 37.8", lit(top, -0.5), 1.4))
        parts.append(line("M-99 1.6l14 3.2", lit(top, -0.6), 1.2))
        parts.append(_EYE)
        return f"""<g transform="rotate({dice.gauss(-4, lean):.0f})">{"".join(parts)}</g>"""

    return piece


def _spots(dice: Random, colour: str) -> str:
    places = [dice.uniform(-0.55, 0.8) for _ in range(46)]
    return "".join(
        ellipse(100 * at, -27 * dice.uniform(0.05, 0.85) * (1 - abs(at) * 0.6), 1.2, 1, colour) for at in places
    )


def cuts(flesh: Sequence[str], fat: str, *, skin: str = "", stripes: bool = False) -> Piece:
    """Slabs of meat or fillets: fibre lines, seams of fat, a rind; stripes for the flakes of fish."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(dice.choice(flesh), tone(light))
        high = 100 * dice.uniform(0.4, 0.5)
        d = (
            f"M-100 {-high * 0.3:.1f}C-80 {-high * 1.15:.1f} 20 {-high * 1.1:.1f} 80 {-high * 0.85:.1f}C110 "
            f"{-high * 0.5:.1f} 105 {high * 0.4:.1f} 85 {high * 0.7:.1f}C20 {high * 1.1:.1f} -60 {high * 1.1:.1f} "
            f"-95 {high * 0.6:.1f}Z"
        )
        thick = lit(skin, tone(light) - 0.1) if skin else lit(colour, -0.45)
        parts = [path(d, thick, f'transform="translate(0 {high * 0.34:.1f})"')]
        parts.append(path(d, sheet.linear([lit(colour, 0.35), colour, lit(colour, -0.25)], 0.5, 1)))
        clip = sheet.clip(path(d, "#000"))
        if stripes:
            lines = "".join(
                f"M{100 * at:.1f} {-high * 1.1:.1f}q20 {high:.1f} -5 {high * 2.2:.1f}"
                for at in (-0.85, -0.6, -0.35, -0.1, 0.15, 0.4, 0.65)
            )
            parts.append(f'<g clip-path="{clip}">{line(lines, lit(fat, tone(light)), 3)}</g>')
        else:
            seams = "".join(
                (
                    f"M-100 {high * at:.1f}C-30 {high * (at - 0.5):.1f} 20 {high * (at + 0.5):.1f} 100 "
                    f"{high * (at - dice.uniform(0, 0.4)):.1f}"
                )
                for at in (-0.45, 0.25, 0.75)
            )
            parts.append(f'''<g clip-path="{clip}">{line(seams, lit(fat, tone(light)), 7)}'
f'{line(seams, lit(colour, -0.2), 1.4, f'transform="translate(0 {high * 0.25:.1f})" ')}</g>''')
        return f"""<g transform="rotate({dice.uniform(-22, 14):.0f})">{"".join(parts)}</g>"""

    return piece


def links(colours: Sequence[str]) -> Piece:
    """Sausages: plump, glossy, with a twist of string at each end."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        d = "M-85 14Q0 -26 85 12"
        dots = "".join(
            ellipse(
                dice.uniform(-0.8, 0.8) * 100,
                dice.uniform(-0.1, 0.12) * 100,
                3,
                1.8,
                "#f3d9c0",
                more='fill-opacity=".7"',
            )
            for _ in range(14)
        )
        ends = line("M-98 18l-14 -5M98 16l14 -6", "#e8d6b0", 5)
        body = line(d, lit(colour, -0.5), 40) + line(d, colour, 36, 'transform="translate(0 -1.5)"')
        shine = line(d, lit(colour, 0.55), 5, 'transform="translate(0 -9)"')
        return f'<g transform="rotate({dice.gauss(-8, 16):.0f})">{ends}{body}{dots}{shine}</g>'

    return piece


def eggs(colours: Sequence[str]) -> Piece:
    """Eggs lying every way."""

    def piece(sheet: Sheet, dice: Random, grain: float, light: float) -> str:
        d = "M0 -100C60 -100 78 10 72 35A74 72 0 0 1 -72 35C-78 10 -60 -100 0 -100Z"
        fill = ball(sheet, dice.choice(colours), light * 0.6)
        return f'<g transform="rotate({dice.uniform(-60, 60):.0f})">{path(d, fill)}</g>'

    return piece
