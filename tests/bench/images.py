"""What a photo of 12 megapixels costs: ours beside libvips and plain Pillow, same widths, formats and effort."""

import json
import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from shop.core import pixels
from shop.core.pixels import Renditions
from tests import photos

RESULTS = Path(__file__).parent / "results" / "images.jsonl"
ROUNDS = 5
ROW = "{name:<16}{cpu_ms:>9.0f}{kb:>9.1f}{vips_ratio:>12}"
NO_VIPS = "libvips is missing, so there is no ratio: sudo apt-get install libvips42"
SUBJECTS = {"grain": {"seed": 0}, "turned": {"seed": 2, "orientation": 6}}


def measure(rounds: int = ROUNDS, width: int = 4000, height: int = 3000) -> list[dict[str, Any]]:
    """Print and return the rows of a rendition set: CPU in ms (least of the rounds), KB, ratio to libvips."""
    ways: dict[str, Callable[[bytes], Renditions]] = {"ours": ours, "pillow": plain_pillow}
    vips = _vips()
    if vips is None:
        print(NO_VIPS)
    else:
        ways["libvips"] = vips
    print(f"{'rendition set':<16}{'CPU ms':>9}{'KB':>9}{'of libvips':>12}")
    rows = []
    for subject, how in SUBJECTS.items():
        data = photos.jpeg(width, height, quality=88, **how)
        rows += _rows(subject, data, ways, rounds)
    return rows


def _rows(subject: str, data: bytes, ways: dict[str, Callable[[bytes], Renditions]], rounds: int) -> Iterator[Any]:
    spent: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, int] = {}
    for _ in range(rounds):  # side by side, so that a busy moment hits all of them
        for name, way in ways.items():
            begun = time.process_time()
            drawn = way(data)
            spent[name].append(time.process_time() - begun)
            sizes[name] = sum(map(len, drawn.values()))
    base = min(spent["libvips"]) if "libvips" in spent else None
    for name, times in spent.items():
        row: dict[str, Any] = {"name": f"{name} {subject}", "cpu_ms": round(min(times) * 1000, 1)}
        row |= {"kb": round(sizes[name] / 1024, 1), "vips_ratio": round(min(times) / base, 3) if base else None}
        print(ROW.format(**(row | {"vips_ratio": row["vips_ratio"] or ""})), flush=True)
        yield row


def ours(data: bytes) -> Renditions:
    """The way of the market: a master first, then the ladder."""
    return pixels.renditions_of(pixels.master_of(data).data)


def plain_pillow(data: bytes) -> Renditions:
    """What a first draft would do: decode all, then each width from the whole picture."""
    image = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    drawn: Renditions = {}
    for width, size in pixels.rendition_sizes(*image.size).items():
        small = image.resize(size, Image.Resampling.LANCZOS)
        drawn[width, "avif"] = photos.saved(
            small, "AVIF", quality=pixels.AVIF_QUALITY, speed=pixels.AVIF_SPEED, max_threads=1
        )
        drawn[width, "jpg"] = photos.saved(small, "JPEG", quality=pixels.JPEG_QUALITY, optimize=True, progressive=True)
    return drawn


def _vips() -> Callable[[bytes], Renditions] | None:
    """The same with libvips: shrink while loading, a master, each width from the one above; None without it."""
    os.environ.setdefault("VIPS_CONCURRENCY", "1")  # one photo at a time, as a sweep does it
    try:
        import pyvips
    except (ImportError, OSError):
        return None

    def with_vips(data: bytes) -> Renditions:
        side = pixels.MASTER_WIDTH
        small = pyvips.Image.thumbnail_buffer(data, side, height=side, size="down", export_profile="srgb")
        master = small.jpegsave_buffer(Q=pixels.MASTER_QUALITY, optimize_coding=True, interlace=True, strip=True)
        drawn: Renditions = {}
        image = pyvips.Image.new_from_buffer(master, "").copy_memory()
        for width, (wide, high) in reversed(pixels.rendition_sizes(image.width, image.height).items()):
            image = image.thumbnail_image(wide, height=high, size="force").copy_memory()
            drawn[width, "avif"] = image.heifsave_buffer(
                compression="av1", Q=pixels.AVIF_QUALITY, effort=9 - pixels.AVIF_SPEED, strip=True
            )
            drawn[width, "jpg"] = image.jpegsave_buffer(
                Q=pixels.JPEG_QUALITY, optimize_coding=True, interlace=True, strip=True
            )
        return drawn

    return with_vips


def keep(rows: list[dict[str, Any]]) -> None:
    """Add the rows to the results."""
    with RESULTS.open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row) + "\n" for row in rows)
