"""The demo's papers: an invented certificate on cream paper, photographed straight, that says it is worth nothing."""

import io
from dataclasses import dataclass
from datetime import date

from PIL import Image

from cooperatives.certificates.scans import CONTENT_TYPE, SMALL, large_name, small_name
from shop.cli.demo.studio.canvas import SERIF, Sheet, rasterise
from shop.cli.demo.studio.labels import text
from shop.cli.demo.studio.weave import band
from shop.core.pixels import Master
from shop.core.storage import Storage

WIDTH, HEIGHT = 900, 1200
INK, SEAL = "#2a2118", "#a3241b"


@dataclass(frozen=True)
class Paper:
    """What stands on one paper."""

    title: str  # "OCOP 4 sao"
    seller: str
    scope: str
    number: str
    issuer: str
    issued_on: date
    expires_on: date


def lay(storage: Storage, paper: Paper) -> str:
    """Draw a paper and store it as a certificate's photo, large and small; returns its digest."""
    large = rasterise(_svg(paper), WIDTH).convert("RGB")
    data = _jpeg(large)
    digest = Master.of(data, WIDTH, HEIGHT).digest
    storage.put(large_name(digest), data, CONTENT_TYPE)
    small = large.resize((SMALL, SMALL * HEIGHT // WIDTH), Image.Resampling.LANCZOS)
    storage.put(small_name(digest), _jpeg(small), CONTENT_TYPE)
    return digest


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=82, optimize=True)
    return file.getvalue()


def _svg(paper: Paper) -> str:
    sheet, middle, room = Sheet(WIDTH, HEIGHT), WIDTH / 2, WIDTH * 0.8
    sheet.add(
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#d9cfbb"/>',
        f'<rect x="24" y="24" width="{WIDTH - 48}" height="{HEIGHT - 48}" fill="#fbf5e6"/>',
        band(sheet, "diamonds", ("#2b3566", "#d8572a", "#f2c265", "#f6ead6"), (40, 40, WIDTH - 80, 70)),
    )
    lines = (
        (paper.issuer, 190, 30, 700),
        ("GIẤY CHỨNG NHẬN", 300, 64, 700),
        (paper.title, 400, 56, 700),
        (f"Cấp cho: {paper.seller}", 520, 38, 400),
        (paper.scope, 585, 34, 400),
        (f"Số: {paper.number}", 690, 34, 400),
        (f"Cấp ngày {paper.issued_on:%d/%m/%Y}", 750, 34, 400),
        (f"Có giá trị đến hết ngày {paper.expires_on:%d/%m/%Y}", 810, 34, 400),
    )
    for words, y, size, weight in lines:
        family = {"family": SERIF} if weight == 700 else {}
        sheet.add(text(words, middle, y, size, INK, weight=weight, room=room, **family))
    sheet.add(
        f'<circle cx="{middle}" cy="960" r="96" fill="none" stroke="{SEAL}" stroke-width="7"/>',
        text("BẢN THỬ", middle, 975, 40, SEAL, weight=700, room=150),
        text("Giấy bịa ra để dùng thử chợ, không có giá trị", middle, 1120, 28, SEAL, room=room),
    )
    return sheet.svg()
