"""Fish, meat and eggs as pieces of a heap."""

from collections.abc import Sequence
from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, line, lit, path
from shop.cli.demo.studio.heaps import Piece, ball, tone


def fishes(
    back: str, belly: str, *, spots: str = "", stripe: str = "", scutes: str = "", whiskers: bool = False, scales: bool = False, lean: float = 8
) -> Piece:  # fmt: skip
    """Whole fish on their side: spots and stripe for trout, scutes for sturgeon, whiskers for catfish, scales for carp."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        half, high = size, size * 0.27
        top, low = lit(back, tone(light)), lit(belly, tone(light))
        skin = sheet.linear(
            [lit(top, -0.3), top, (0.5, lit(top, 0.35)), lit(low, 0.2), (0.9, low), lit(low, -0.35)], 0, 1
        )
        body = (
            f"M{-half:.1f} 0C{-half * 0.75:.1f} {-high * 1.25:.1f} {half * 0.1:.1f} {-high * 1.35:.1f} "
            f"{half * 0.78:.1f} {-high * 0.2:.1f}L{half * 0.78:.1f} {high * 0.2:.1f}C{half * 0.1:.1f} "
            f"{high * 1.3:.1f} {-half * 0.75:.1f} {high * 1.2:.1f} {-half:.1f} 0Z"
        )
        fin = lit(top, -0.25)
        parts = [
            path(
                (
                    f"M{half * 0.72:.1f} 0L{half * 1.12:.1f} {-high * 0.95:.1f}Q{half * 0.98:.1f} 0 {half * 1.12:.1f} "
                    f"{high * 0.95:.1f}Z"
                ),
                fin,
            )
        ]
        parts.append(
            path(
                (
                    f"M{-half * 0.15:.1f} {-high * 0.95:.1f}L{half * 0.02:.1f} {-high * 1.6:.1f}L{half * 0.3:.1f} "
                    f"{-high * 0.8:.1f}ZM{half * 0.1:.1f} {high * 0.8:.1f}L{half * 0.3:.1f} {high * 1.4:.1f}"
                    f"L{half * 0.4:.1f} {high * 0.65:.1f}Z"
                ),
                fin,
            )
        )
        parts.append(path(body, skin))
        if stripe:
            parts.append(
                line(
                    f"M{-half * 0.6:.1f} {high * 0.02:.1f}Q0 {-high * 0.12:.1f} {half * 0.72:.1f} 0",
                    stripe,
                    high * 0.34,
                    'stroke-opacity=".5"',
                )
            )
        for _ in range(46 if spots else 0):
            px = dice.uniform(-0.55, 0.8) * half
            parts.append(
                ellipse(
                    px, -high * dice.uniform(0.05, 0.85) * (1 - abs(px / half) * 0.6), size * 0.012, size * 0.01, spots
                )
            )
        if scales:
            rows = "".join(
                (
                    f"M{half * (-0.5 + 0.11 * c + 0.055 * (r % 2)):.1f} {high * (-0.75 + 0.3 * r) * (1 - 0.05 * c):.1f}"
                    f"q{half * 0.05:.1f} {high * 0.14:.1f} 0 {high * 0.28:.1f}"
                )
                for r in range(5)
                for c in range(11)
            )
            parts.append(line(rows, lit(top, -0.4), size * 0.01, 'stroke-opacity=".6"'))
        for step in range(11 if scutes else 0):
            at = -0.55 + step * 0.12
            parts.append(
                path(
                    (
                        f"M{half * at:.1f} {-high * (1.02 - abs(at) * 0.5):.1f}l{half * 0.05:.1f} {-high * 0.16:.1f}"
                        f"l{half * 0.05:.1f} {high * 0.2:.1f}zM{half * at:.1f} {-high * 0.05:.1f}l{half * 0.05:.1f} "
                        f"{-high * 0.1:.1f}l{half * 0.05:.1f} {high * 0.1:.1f}l{-half * 0.05:.1f} {high * 0.1:.1f}z"
                    ),
                    scutes,
                )
            )
        if whiskers:
            parts.append(
                line(
                    (
                        f"M{-half * 0.92:.1f} {high * 0.1:.1f}q{-half * 0.1:.1f} {high * 0.7:.1f} {half * 0.1:.1f} "
                        f"{high * 1.1:.1f}M{-half * 0.9:.1f} 0q{-half * 0.2:.1f} {high * 0.1:.1f} {-half * 0.2:.1f} "
                        f"{high * 0.8:.1f}"
                    ),
                    lit(top, -0.4),
                    size * 0.014,
                )
            )
        parts.append(
            line(
                f"M{-half * 0.55:.1f} {-high * 0.72:.1f}q{half * 0.13:.1f} {high * 0.7:.1f} 0 {high * 1.4:.1f}",
                lit(top, -0.5),
                size * 0.014,
            )
        )
        parts.append(
            line(
                f"M{-half * 0.99:.1f} {high * 0.06:.1f}l{half * 0.14:.1f} {high * 0.12:.1f}",
                lit(top, -0.6),
                size * 0.012,
            )
        )
        parts += [
            ellipse(-half * 0.76, -high * 0.26, size * 0.042, size * 0.042, "#f0e6c0"),
            ellipse(-half * 0.765, -high * 0.26, size * 0.026, size * 0.028, "#14120f"),
            ellipse(-half * 0.775, -high * 0.3, size * 0.008, size * 0.008, "#ffffff"),
        ]
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.gauss(-4, lean):.0f})">{"".join(parts)}</g>'

    return piece


def cuts(flesh: Sequence[str], fat: str, *, skin: str = "", stripes: bool = False) -> Piece:
    """Slabs of meat or fillets: fibre lines, seams of fat, a rind; stripes for the flakes of fish."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(dice.choice(flesh), tone(light))
        high = size * dice.uniform(0.4, 0.5)
        d = (
            f"M{-size:.1f} {-high * 0.3:.1f}C{-size * 0.8:.1f} {-high * 1.15:.1f} {size * 0.2:.1f} "
            f"{-high * 1.1:.1f} {size * 0.8:.1f} {-high * 0.85:.1f}C{size * 1.1:.1f} {-high * 0.5:.1f} "
            f"{size * 1.05:.1f} {high * 0.4:.1f} {size * 0.85:.1f} {high * 0.7:.1f}C{size * 0.2:.1f} "
            f"{high * 1.1:.1f} {-size * 0.6:.1f} {high * 1.1:.1f} {-size * 0.95:.1f} {high * 0.6:.1f}Z"
        )
        thick = lit(skin, tone(light) - 0.1) if skin else lit(colour, -0.45)
        parts = [path(d, thick, f'transform="translate(0 {high * 0.34:.1f})"')]
        parts.append(path(d, sheet.linear([lit(colour, 0.35), colour, lit(colour, -0.25)], 0.5, 1)))
        clip = sheet.clip(path(d, "#000"))
        if stripes:
            lines = "".join(
                f"M{size * at:.1f} {-high * 1.1:.1f}q{size * 0.2:.1f} {high:.1f} {-size * 0.05:.1f} {high * 2.2:.1f}"
                for at in (-0.85, -0.6, -0.35, -0.1, 0.15, 0.4, 0.65)
            )
            parts.append(f'<g clip-path="{clip}">{line(lines, lit(fat, tone(light)), size * 0.03)}</g>')
        else:
            seams = "".join(
                (
                    f"M{-size:.1f} {high * at:.1f}C{-size * 0.3:.1f} {high * (at - 0.5):.1f} {size * 0.2:.1f} "
                    f"{high * (at + 0.5):.1f} {size:.1f} {high * (at - dice.uniform(0, 0.4)):.1f}"
                )
                for at in (-0.45, 0.25, 0.75)
            )
            parts.append(
                f'<g clip-path="{clip}">{line(seams, lit(fat, tone(light)), size * 0.07)}'
                f'{line(seams, lit(colour, -0.2), size * 0.014, f"""transform="translate(0 {high * 0.25:.1f})" """)}</'
                "g>"
            )
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-22, 14):.0f})">{"".join(parts)}</g>'

    return piece


def links(colours: Sequence[str]) -> Piece:
    """Sausages: plump, glossy, with a twist of string at each end."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        colour = lit(dice.choice(colours), tone(light))
        d = f"M{-size * 0.85:.1f} {size * 0.14:.1f}Q0 {-size * 0.26:.1f} {size * 0.85:.1f} {size * 0.12:.1f}"
        dots = "".join(
            ellipse(
                dice.uniform(-0.8, 0.8) * size,
                dice.uniform(-0.1, 0.12) * size,
                size * 0.03,
                size * 0.018,
                "#f3d9c0",
                0,
                'fill-opacity=".7"',
            )
            for _ in range(14)
        )
        ends = line(
            (
                f"M{-size * 0.98:.1f} {size * 0.18:.1f}l{-size * 0.14:.1f} {-size * 0.05:.1f}M{size * 0.98:.1f} "
                f"{size * 0.16:.1f}l{size * 0.14:.1f} {-size * 0.06:.1f}"
            ),
            "#e8d6b0",
            size * 0.05,
        )
        body = line(d, lit(colour, -0.5), size * 0.4) + line(
            d, colour, size * 0.36, f'transform="translate(0 {-size * 0.015:.1f})"'
        )
        shine = line(d, lit(colour, 0.55), size * 0.05, f'transform="translate(0 {-size * 0.09:.1f})"')
        return (
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.gauss(-8, 16):.0f})">{ends}{body}{dots}{shine}</g>'
        )

    return piece


def eggs(colours: Sequence[str]) -> Piece:
    """Eggs lying every way."""

    def piece(sheet: Sheet, dice: Random, x: float, y: float, size: float, light: float) -> str:
        d = (
            f"M0 {-size:.1f}C{size * 0.6:.1f} {-size:.1f} {size * 0.78:.1f} {size * 0.1:.1f} {size * 0.72:.1f} "
            f"{size * 0.35:.1f}A{size * 0.74:.1f} {size * 0.72:.1f} 0 0 1 {-size * 0.72:.1f} {size * 0.35:.1f}"
            f"C{-size * 0.78:.1f} {size * 0.1:.1f} {-size * 0.6:.1f} {-size:.1f} 0 {-size:.1f}Z"
        )
        fill = ball(sheet, dice.choice(colours), light * 0.6)
        return f'<g transform="translate({x:.1f} {y:.1f}) rotate({dice.uniform(-60, 60):.0f})">{path(d, fill)}</g>'

    return piece
