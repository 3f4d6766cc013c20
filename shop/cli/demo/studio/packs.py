"""Packs from the SVG templates of art/packs, coloured, filled and labelled."""

from dataclasses import dataclass
from functools import lru_cache
from string import Template

from shop.cli.demo.studio.canvas import Sheet, group, lit
from shop.cli.demo.studio.emoji import ART
from shop.cli.demo.studio.labels import Label, drawn

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """How a template of 600 × 800 is used: where its label sits and where it stands."""

    label: Box
    foot: tuple[float, float, float]  # y, half width, half depth


SHAPES = {
    "pouch": Shape((138, 190, 324, 420), (752, 236, 34)),
    "jar": Shape((112, 318, 376, 370), (748, 206, 40)),
    "bottle": Shape((166, 392, 268, 310), (758, 138, 28)),
    "sack": Shape((136, 290, 328, 370), (750, 250, 40)),
    "box": Shape((84, 200, 322, 490), (742, 240, 40)),
    "tin": Shape((98, 262, 404, 430), (730, 208, 44)),
}


@dataclass(frozen=True)
class Look:
    """Colours of a pack: its body (or what is seen through the glass), its lid, cloth or tie."""

    body: str
    cap: str = "#8a2b2b"
    glass: str = "#dfeae6"
    level: int = 230


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return Template((ART / "packs" / f"{name}.svg").read_text(encoding="utf-8"))


def pack(sheet: Sheet, shape: str, look: Look, label: Label | None, *, at: tuple[float, float], height: float) -> str:
    """Return a pack standing with its foot at `at`, `height` units tall."""
    scale = height / 800
    form = SHAPES[shape]
    colours = {
        "base": look.body,
        "light": lit(look.body, 0.34),
        "shade": lit(look.body, -0.2),
        "dark": lit(look.body, -0.42),
        "deep": lit(look.body, -0.55),
        "cap": look.cap,
        "caplight": lit(look.cap, 0.4),
        "capdark": lit(look.cap, -0.45),
        "tie": look.cap,
    }
    marks = {
        "id": f"{shape}{look.body[1:]}{look.cap[1:]}",
        "glass": look.glass,
        "level": str(look.level),
        "label": drawn(sheet, label, form.label) if label else "",
    }
    body = _template(shape).substitute(colours | marks)
    return group([body], at[0] - 300 * scale, at[1] - form.foot[0] * scale, 0, scale)


def foot(shape: str, at: tuple[float, float], height: float) -> tuple[float, float, float, float]:
    """Return the shadow of a pack drawn by `pack` at the same place and height."""
    _, half, deep = SHAPES[shape].foot
    scale = height / 800
    return at[0], at[1], half * scale, deep * scale
