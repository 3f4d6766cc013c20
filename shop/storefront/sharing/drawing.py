"""Drawing it: 1200 × 630 in the market's colours, the letters of the house, at most 100 kB of JPEG."""

import io
import unicodedata
from functools import cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, ImageOps

from shop.core.letters import FONTS

SIZE = WIDTH, HEIGHT = 1200, 630  # pixels, the shape that Facebook, Zalo and X show whole
MOST_BYTES = 100_000
PHOTO_WIDTH = 500  # on the right, over the whole height
PAPER, INK, SOFT, BRAND, CLOTH, GOLD, LEAF = "#fbfaf6", "#1b1f1a", "#4a5347", "#1f6b3a", "#26337a", "#e3a72f", "#7fc792"
_MARGIN, _BAND, _STEP = 64, 40, 8  # the woven band stands at the bottom, its stitches are _STEP wide
_SIZES = (84, 76, 68, 60, 52, 46)
_MOST_LINES = 4
_QUALITIES = (88, 80, 72, 62, 50, 40, 30, 20, 10)
_PLAIN = str.maketrans({"—": "–", "‑": "-", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "\n": " "})


class Card(NamedTuple):
    """What stands on a picture: a name, one or two lines below it, the market's own name."""

    name: str
    lines: tuple[str, ...]
    market: str


def draw(card: Card, photo: bytes | None = None) -> bytes:
    """Return the picture as JPEG; `photo` is a rendition of our own, which is trusted to be one."""
    image = Image.new("RGB", SIZE, PAPER)
    room = WIDTH - 2 * _MARGIN
    if photo:
        with Image.open(io.BytesIO(photo)) as found:
            fitted = ImageOps.fit(found.convert("RGB"), (PHOTO_WIDTH, HEIGHT - _BAND), Image.Resampling.LANCZOS)
        image.paste(fitted, (WIDTH - PHOTO_WIDTH, 0))
        room -= PHOTO_WIDTH
    pen = ImageDraw.Draw(image)
    _band(pen)
    _head(pen, card.market)
    _words(pen, card, room)
    return _small(image)


def _words(pen: ImageDraw.ImageDraw, card: Card, room: int) -> None:
    rows, size = set_in(card.name, room)
    high = round(size * 1.3)  # Vietnamese marks need the room between lines
    top = max(150, (HEIGHT - _BAND - len(rows) * high - len(card.lines) * 46) // 2 + 20)
    for row in rows:
        pen.text((_MARGIN, top), row, INK, _font("NotoSerif-Bold-vi", size))
        top += high
    top += 18
    for number, line in enumerate(card.lines):
        face = _font("NotoSans-Bold-vi" if number == 0 else "NotoSans-Regular-vi", 32)
        pen.text((_MARGIN, top), _cut(drawable(line), face, room), BRAND if number == 0 else SOFT, face)
        top += 46


def set_in(name: str, room: int) -> tuple[list[str], int]:
    """Return the name in lines that fit so many pixels, and the largest size at which they do; too long is cut."""
    words = drawable(name).split()
    for size in _SIZES:
        rows = _rows(words, _font("NotoSerif-Bold-vi", size), room)
        if rows is not None and len(rows) <= _MOST_LINES - (size > _SIZES[3]):
            return rows, size
    face = _font("NotoSerif-Bold-vi", _SIZES[-1])
    whole = [_cut(word, face, room) for word in words]
    rows = (_rows(whole, face, room) or [])[:_MOST_LINES]
    return [*rows[:-1], _cut(f"{rows[-1]} ...", face, room)] if rows else [], _SIZES[-1]


def drawable(text: str) -> str:
    """Return the text in letters that the fonts have: marks of other languages and pictures are left out."""
    found = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return "".join(_letter(one) for one in found).strip()


def _letter(one: str) -> str:
    if one == " " or _has(one):
        return one
    return "".join(part for part in unicodedata.normalize("NFD", one) if _has(part) and not unicodedata.combining(part))


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(letter: str) -> bool:
    face = _font("NotoSerif-Bold-vi", 40)
    return bytes(face.getmask(letter)) != bytes(face.getmask("\uffff"))


def _rows(words: list[str], face: ImageFont.FreeTypeFont, room: int) -> list[str] | None:
    """Fill lines with whole words; None where one word alone is too long."""
    rows: list[str] = []
    for word in words:
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and face.getlength(longer) <= room:
            rows[-1] = longer
        elif face.getlength(word) <= room:
            rows.append(word)
        else:
            return None
    return rows


def _cut(text: str, face: ImageFont.FreeTypeFont, room: int) -> str:
    if face.getlength(text) <= room:
        return text
    while text and face.getlength(f"{text}...") > room:
        text = text[:-1].rstrip()
    return f"{text}..."


def _head(pen: ImageDraw.ImageDraw, market: str) -> None:
    """The market's sign, terraces under a star, and its name."""
    x, y = _MARGIN, 52
    pen.rounded_rectangle((x, y, x + 64, y + 64), 14, BRAND)
    for arm in (0, 1, 2, 3):
        pen.rectangle((x + 32 - 4 * (4 - arm), y + 20 - 3 * arm, x + 32 + 4 * (4 - arm), y + 20 + 3 * arm), "#ffd35c")
    for line in (38, 46, 54):
        wave = [
            (x + 9, y + line),
            (x + 22, y + line - 5),
            (x + 34, y + line),
            (x + 46, y + line + 2),
            (x + 55, y + line - 2),
        ]
        pen.line(wave, "#ffffff", 4, "curve")
    pen.text((x + 84, y + 8), drawable(market), BRAND, _font("NotoSans-Bold-vi", 36))


def _band(pen: ImageDraw.ImageDraw) -> None:
    """A woven band of lozenges, as at the head of every page."""
    top = HEIGHT - _BAND
    pen.rectangle((0, top, WIDTH, HEIGHT), CLOTH)
    for number, left in enumerate(range(-_STEP, WIDTH, 8 * _STEP)):
        middle, half = left + 4 * _STEP, _BAND // 2
        for size, colour in ((half - 4, GOLD if number % 2 else LEAF), (half - 11, CLOTH), (3, PAPER)):
            pen.polygon(
                [
                    (middle, top + half - size),
                    (middle + size, top + half),
                    (middle, top + half + size),
                    (middle - size, top + half),
                ],
                colour,
            )


def _small(image: Image.Image) -> bytes:
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()
