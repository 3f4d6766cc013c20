"""Emoji art inside drawings: neighbouring pieces become one picture made at its final size.

A rasteriser of SVG resamples each embedded picture on a layer of the whole sheet, which took three quarters of
the time; so `emoji` writes a mark, and `with_art` turns each run of marks into one picture that needs no resampling.
"""

import base64
import io
import re
from functools import lru_cache
from pathlib import Path

from PIL import Image

ART = Path(__file__).resolve().parent.parent / "art"
SIDE = 1200  # units of a drawing, a square
PIXELS = 960  # pixels of a master, a square: as wide as the largest rendition
SHARE = PIXELS / SIDE
LARGEST = 1.2 * 256  # px; more would show the pixels of the 256 px art

_MARK = re.compile(r"(?:<emoji [^>]*/>)+")
_FACTS = re.compile(r'<emoji d="([^"]*)"/>')


def emoji(
    name: str, x: float, y: float, side: float, turn: float = 0, *, hue: int = 0, saturation: float = 1.0,
    value: float = 1.0, flip: bool = False,
) -> str:  # fmt: skip
    """Return the mark of a piece of art centred at (x, y) units, its hue turned by degrees where asked.

    Marks stand on the sheet itself, not inside a moved group.
    Raises ValueError above 1.2 times its own 256 px, where its pixels would show.
    """
    if side * SHARE > LARGEST:
        raise ValueError(f"{name} at {side} units")
    return f'<emoji d="{name} {x:.1f} {y:.1f} {side:.0f} {turn:.0f} {hue} {saturation} {value} {int(flip)}"/>'


def with_art(body: str) -> str:
    """Return the SVG with every run of marks replaced by one embedded picture."""
    return _MARK.sub(lambda run: _collage(_FACTS.findall(run[0])), body)


def _collage(facts: list[str]) -> str:
    sheet = Image.new("RGBA", (PIXELS, PIXELS))
    for fact in facts:
        name, x, y, side, turn, hue, saturation, value, flip = fact.split()
        tint = (int(hue), float(saturation), float(value))
        piece = _piece(name, round(float(side) * SHARE), round(int(turn) / 4) * 4, tint, flip == "1")
        spot = (round(float(x) * SHARE - piece.width / 2), round(float(y) * SHARE - piece.height / 2))
        # Art may reach over the edge of the sheet; alpha_composite takes no spot outside it.
        cut = piece.crop((max(0, -spot[0]), max(0, -spot[1]), piece.width, piece.height))
        sheet.alpha_composite(cut, (max(0, spot[0]), max(0, spot[1])))
    box = sheet.getbbox() or (0, 0, 1, 1)
    out = io.BytesIO()
    sheet.crop(box).save(out, "PNG", compress_level=1)
    left, top, right, bottom = (edge / SHARE for edge in box)
    place = f'x="{left:.5f}" y="{top:.5f}" width="{right - left:.5f}" height="{bottom - top:.5f}"'
    data = base64.b64encode(out.getvalue()).decode()
    return f'<image {place} image-rendering="optimizeSpeed" href="data:image/png;base64,{data}"/>'


@lru_cache(maxsize=512)
def _piece(name: str, side: int, turn: int, tint: tuple[int, float, float], flip: bool) -> Image.Image:
    art = _tinted(name, tint).resize((side, side), Image.Resampling.LANCZOS)
    if flip:
        art = art.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return art.rotate(-turn, Image.Resampling.BICUBIC, expand=True) if turn else art


@lru_cache(maxsize=128)
def _tinted(name: str, tint: tuple[int, float, float]) -> Image.Image:
    """Return the art with hue turned by degrees, saturation and brightness multiplied."""
    image = Image.open(ART / "emoji" / f"{name}.webp").convert("RGBA")
    hue, saturation, value = tint
    if tint == (0, 1.0, 1.0):
        return image
    alpha = image.getchannel("A")
    h, s, v = image.convert("RGB").convert("HSV").split()
    h = h.point(lambda level: (level + round(hue * 255 / 360)) % 256)
    s = s.point(lambda level: min(255, round(level * saturation)))
    v = v.point(lambda level: min(255, round(level * value)))
    tinted = Image.merge("HSV", (h, s, v)).convert("RGB")
    tinted.putalpha(alpha)
    return tinted
