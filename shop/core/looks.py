"""What a photo looks like, measured once: how dark, how sharp, and a hash that a copy of it keeps. Pillow only."""

import math
from dataclasses import dataclass
from operator import mul

from PIL import Image, ImageFilter, ImageStat

SIDE = 320  # px of the longer side at which all is measured; at 64 px a blur of 6 px in 1600 can no longer be seen
DARK_LUMA = 64  # of 255: below it a pixel is dark
_GRID = 32  # px a side under the transform
_LOW = 8  # so many of the lowest frequencies each way
_FLAT = 6.0  # standard deviation of luma on the grid; below it there is nothing to know a picture by
_BLANK = 1.0  # the same of the edges at half the size; below it there is nothing to be sharp
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_COSINES = [[math.cos(math.pi * (2 * x + 1) * u / (2 * _GRID)) for x in range(_GRID)] for u in range(_LOW + 1)]


@dataclass(frozen=True, slots=True)
class Looks:
    """`dark`: percent of dark pixels; `sharp`: percent, about 50 and more for a sharp photo, 45 and less for a blurred.

    `likeness`: the hash, 64 bits as a signed number; None for a blank picture, which is like any other blank one.
    """

    dark: int
    sharp: int
    likeness: int | None


def looks_of(image: Image.Image) -> Looks:
    """Measure an upright RGB picture; a master of 1600 px costs about 4 ms."""
    scale = SIDE / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    grey = image.resize(size, Image.Resampling.BOX, reducing_gap=1.0).convert("L")
    return Looks(_dark(grey), _sharp(grey), _likeness(grey))


def distance(one: int, other: int) -> int:
    """Return in how many of 64 bits two hashes differ; a copy sent again, smaller or lighter, differs in 0 to 3."""
    return ((one ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()


def bands(likeness: int | None) -> list[int]:
    """Return the four quarters of a hash, each with its place; hashes that differ in at most three bits share one."""
    if likeness is None:
        return []
    return [place << 16 | likeness >> 16 * place & 0xFFFF for place in range(4)]


def _dark(grey: Image.Image) -> int:
    return round(100 * sum(grey.histogram()[:DARK_LUMA]) / (grey.width * grey.height))


def _sharp(grey: Image.Image) -> int:
    """Compare the edges (Laplacian) with those at half the size: sharp ones are as steep at both, blurred ones are not.

    The ratio leaves out how much contrast the goods have, which the variance of the Laplacian alone does not
    (Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000).
    """
    coarse = _edges(grey.reduce(2))
    return min(999, round(100 * _edges(grey) / coarse)) if coarse >= _BLANK else 0


def _edges(grey: Image.Image) -> float:
    if min(grey.size) < 3:
        return 0.0
    inside = (1, 1, grey.width - 1, grey.height - 1)
    return float(ImageStat.Stat(grey.filter(_LAPLACE).crop(inside)).stddev[0])


def _likeness(grey: Image.Image) -> int | None:
    """Hash by the signs of the lowest frequencies around their median: "pHash".

    C. Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, Hagenberg 2010, section 3.2.1: the
    cosine transform of 32 x 32 px, 64 of its lowest frequencies without the mean.
    """
    small = grey.resize((_GRID, _GRID), Image.Resampling.BOX)
    if ImageStat.Stat(small).stddev[0] < _FLAT:
        return None
    luma = small.tobytes()
    rows = [luma[start : start + _GRID] for start in range(0, len(luma), _GRID)]
    across = [[sum(map(mul, row, wave)) for row in rows] for wave in _COSINES]
    waves = [sum(map(mul, across[u], _COSINES[v])) for v in range(_LOW) for u in range(_LOW + 1) if u or v]
    waves = waves[: _LOW * _LOW]
    middle = sorted(waves)[len(waves) // 2]
    bits = sum((wave >= middle) << place for place, wave in enumerate(waves))
    return bits - (1 << 64) if bits >> 63 else bits
