"""The paper label of a pack: woven band, name, what is inside, who made it and where."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from PIL import ImageFont

from shop.cli.demo.studio.canvas import SANS, SERIF, Sheet, line
from shop.cli.demo.studio.weave import band
from shop.core.letters import FONTS

FONT_FILES = {
    (SANS, 400): "NotoSans-Regular-vi.ttf",
    (SANS, 700): "NotoSans-Bold-vi.ttf",
    (SERIF, 700): "NotoSerif-Bold-vi.ttf",
}


@dataclass(frozen=True)
class Label:
    """What a label says; a shared picture leaves out what would be true of one seller only."""

    name: str
    under: str = ""  # a second, smaller line: the English name or the kind
    amount: str = ""  # "Khối lượng tịnh: 200 g"
    maker: str = ""
    place: str = "Lai Châu"
    motif: str = "diamonds"
    band: tuple[str, str, str, str] = ("#2b3566", "#d8572a", "#f2c265", "#f6ead6")
    paper: str = "#fbf5e6"
    ink: str = "#2a2118"


@lru_cache(maxsize=4096)
def width_of(text: str, family: str, weight: int) -> float:
    """Return the width of the text set at 100 units."""
    return ImageFont.truetype(str(FONTS / FONT_FILES[family, weight]), 100).getlength(text)


def _name(name: str, room: float, height: float) -> tuple[list[str], float]:
    """Return the name in one to three lines and the largest size at which it fits the label."""
    best: tuple[list[str], float] = ([name], 0)
    for count, most in ((1, 0.19), (2, 0.15), (3, 0.108)):
        for rows in _splits(name.split(), count) if count <= len(name.split()) else ():
            size = min(height * most, *(room / width_of(row, SERIF, 700) * 100 for row in rows))
            if size > best[1] * 1.04:
                best = (rows, size)
    return best


def _splits(words: list[str], count: int) -> list[list[str]]:
    if count == 1:
        return [[" ".join(words)]]
    return [
        [" ".join(words[:cut]), *rest]
        for cut in range(1, len(words) - count + 2)
        for rest in _splits(words[cut:], count - 1)
    ]


def text(
    words: str, x: float, y: float, size: float, fill: str, *, family: str = SANS, weight: int = 400, room: float = 0
) -> str:
    """Return a centred line; `room` > 0 makes it smaller until it fits that width."""
    if room:
        size = min(size, room / max(1.0, width_of(words, family, weight)) * 100)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" font-weight="{weight}" font-size="{size:.1f}" '
        f'text-anchor="middle" fill="{fill}">{escape(words)}</text>'
    )


def drawn(sheet: Sheet, label: Label, box: tuple[float, float, float, float]) -> str:
    """Return the label as SVG inside a box (x, y, width, height)."""
    x, y, width, height = box
    middle, room = x + width / 2, width * 0.86
    strip = height * 0.17
    parts = [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" fill="{label.paper}"/>',
        band(sheet, label.motif, label.band, (x, y + height * 0.035, width, strip)),
        text("LAI CHÂU", middle, y + height * 0.295, height * 0.058, label.band[1], weight=700, room=room),
    ]
    rows, size = _name(label.name, room, height)
    top = y + height * 0.49 - (len(rows) - 1) * size * 0.57 + size * 0.2
    for number, row in enumerate(rows):
        parts.append(text(row, middle, top + number * size * 1.14, size, label.ink, family=SERIF, weight=700))
    if label.under:
        parts.append(text(label.under, middle, y + height * 0.705, height * 0.052, label.ink, room=room))
    parts.append(line(f"M{x + width * 0.2:.1f} {y + height * 0.755:.1f}h{width * 0.6:.1f}", label.band[1], 3))
    notes = [note for note in (label.amount, label.maker, label.place) if note]
    for number, note in enumerate(notes):
        weight = 700 if number == 0 and label.amount else 400
        parts.append(
            text(
                note, middle, y + height * (0.825 + 0.07 * number), height * 0.056, label.ink, weight=weight, room=room
            )
        )
    parts.append(
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" fill="none" stroke="#000" '
        'stroke-opacity=".18" stroke-width="2"/>'
    )
    return "".join(parts)
