"""A sheet of SVG with shared gradients, colour arithmetic, and the one call that rasterises it."""

import io
from collections.abc import Iterable, Sequence

from PIL import Image

from shop.cli.demo.studio.emoji import PIXELS, SIDE, with_art
from shop.core.letters import FONTS

FONT_PATHS = tuple(str(path) for path in sorted(FONTS.glob("*.ttf")))
SANS = "Noto Sans"
SERIF = "Noto Serif"

Stop = str | tuple[float, str] | tuple[float, str, float]


def mix(one: str, other: str, share: float) -> str:
    """Return the colour `share` of the way from `one` to `other`, both "#rrggbb"; 0 is `one`."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * max(0.0, min(1.0, share))):02x}" for a, b in pairs)


def lit(colour: str, share: float) -> str:
    """Return the colour in more light (share > 0: stronger, then towards warm white) or in shade (towards brown)."""
    if share < 0:
        return mix(colour, "#1c110a", -share)
    strong = "#" + "".join(f"{min(255, round(level * (1 + 0.55 * share))):02x}" for level in bytes.fromhex(colour[1:]))
    return mix(strong, "#fff6e4", 0.5 * share)


class Sheet:
    """SVG under construction; equal gradients are written once."""

    def __init__(self, width: int = SIDE, height: int = SIDE) -> None:
        self.width, self.height = width, height
        self._defs: dict[str, str] = {}
        self._body: list[str] = []

    def add(self, *parts: str) -> None:
        self._body.extend(parts)

    def radial(self, stops: Sequence[Stop], x: float = 0.36, y: float = 0.3, r: float = 0.8) -> str:
        """Return a fill whose first stop is the lit spot at (x, y) of the shape's own box."""
        return self._define("radialGradient", f'cx="{x}" cy="{y}" r="{r}"', _stops(stops))

    def linear(self, stops: Sequence[Stop], x2: float = 1, y2: float = 0) -> str:
        """Return a fill that runs from the top left of the shape's box to (x2, y2)."""
        return self._define("linearGradient", f'x1="0" y1="0" x2="{x2}" y2="{y2}"', _stops(stops))

    def clip(self, shape: str) -> str:
        """Return a clip-path value for the given shape element."""
        return self._define("clipPath", "", shape)

    def pattern(self, width: float, height: float, content: str, turn: float = 0) -> str:
        """Return a fill that repeats `content` every width × height units, turned by `turn` degrees."""
        size = f'width="{width}" height="{height}" patternUnits="userSpaceOnUse"'
        return self._define("pattern", f'{size} patternTransform="rotate({turn})"', content)

    def _define(self, tag: str, facts: str, content: str) -> str:
        key = f"{tag} {facts}>{content}</{tag}>"
        name = self._defs.setdefault(key, f"d{len(self._defs)}")
        return f"url(#{name})"

    def svg(self) -> str:
        defs = "".join(
            f'<{key.split(" ", 1)[0]} id="{name}" {key.split(" ", 1)[1]}' for key, name in self._defs.items()
        )
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}">'
        return f"{head}<defs>{defs}</defs>{with_art(''.join(self._body))}</svg>"

    def image(self) -> Image.Image:
        """Return the drawing as RGBA, PIXELS wide."""
        return rasterise(self.svg(), PIXELS)


def _stops(stops: Sequence[Stop]) -> str:
    last = max(1, len(stops) - 1)
    parts = []
    for place, stop in enumerate(stops):
        offset, colour, *clear = (place / last, stop) if isinstance(stop, str) else stop
        opacity = f' stop-opacity="{clear[0]}"' if clear else ""
        parts.append(f'<stop offset="{offset:.3g}" stop-color="{colour}"{opacity}/>')
    return "".join(parts)


def rasterise(svg: str, width: int) -> Image.Image:
    """Return RGBA pixels of an SVG text; only the committed fonts are looked at, so every machine draws the same."""
    import resvg_py  # heavy, and only the demo needs it

    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True, font_files=list(FONT_PATHS))
    image = Image.open(io.BytesIO(png))
    return image.convert("RGBA")


def group(parts: Iterable[str], x: float, y: float, turn: float = 0, scale: float = 1) -> str:
    """Return the parts as one group, moved, then turned, then scaled."""
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({scale:.3f})">{"".join(parts)}</g>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, *, turn: float = 0, more: str = "") -> str:
    spin = f' transform="rotate({turn:.0f} {x:.1f} {y:.1f})"' if turn else ""
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"{spin} {more}/>'


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def line(d: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round" {more}/>'
