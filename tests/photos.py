"""Test photos made in code: turned, tagged, moving, cut, lying and hostile ones; no binary file is kept."""

import os
import random
import struct
import zlib
from functools import cache
from io import BytesIO

import piexif
from PIL import Image, ImageCms, ImageDraw

CORNERS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (40, 50, 220), "yellow": (230, 220, 40)}
SEEDS = 500 if os.environ.get("FULL") else 40  # how many wrecks a run looks at
COMMENT = b"a comment nobody should read"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf>secret village</rdf></x:xmpmeta>"
_UNDO = {  # how to lay upright pixels down so that the orientation tag turns them back
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@cache
def _scene(width: int, height: int, seed: int) -> Image.Image:
    dice = random.Random(seed)
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for _ in range(120):
        x, y, r = dice.randrange(width), dice.randrange(height), dice.randrange(2, max(3, width // 12))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(dice.randrange(256) for _ in range(3)))
    grain = Image.effect_noise((width, height), 24).convert("RGB") if seed == 0 else image
    image = Image.blend(image, grain, 0.15)
    draw, w, h = ImageDraw.Draw(image), width // 5, height // 5
    boxes = [(0, 0, w, h), (width - w, 0, width, h), (0, height - h, w, height), (width - w, height - h, width, height)]
    for box, colour in zip(boxes, CORNERS.values(), strict=True):
        draw.rectangle(box, fill=colour)
    return image


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """A busy picture, clockwise from the top left: red, green, yellow, blue corners; seed 0 adds camera grain."""
    return _scene(width, height, seed).copy()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as bytes of that format."""
    out = BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def exif(orientation: int = 1, *, gps: bool = True) -> bytes:
    """A phone's EXIF: maker, orientation and where the photo was taken."""
    place = {piexif.GPSIFD.GPSLatitudeRef: b"N", piexif.GPSIFD.GPSLatitude: ((22, 1), (23, 1), (4567, 100))}
    tags = {"0th": {piexif.ImageIFD.Make: b"Xiaomi", piexif.ImageIFD.Orientation: orientation}}
    return piexif.dump({**tags, "GPS": place} if gps else tags)


def laid_down(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as a camera held that way stores it."""
    return image.transpose(_UNDO[orientation]) if orientation in _UNDO else image


def jpeg(width: int = 640, height: int = 480, *, orientation: int = 1, seed: int = 1, **options: object) -> bytes:
    """A phone photo with EXIF, GPS, XMP and a comment; upright it is `width` x `height`."""
    image = laid_down(scene(width, height, seed), orientation)
    data = saved(image, "JPEG", exif=exif(orientation), comment=COMMENT, **{"quality": 90, **options})
    packet = b"\xff\xe1" + struct.pack(">H", len(XMP) + 2) + XMP
    return data[:2] + packet + data[2:]


def cmyk() -> bytes:
    """A JPEG from a print shop."""
    return saved(scene().convert("CMYK"), "JPEG", quality=90)


def two_lens() -> bytes:
    """A dual-lens phone photo: a JPEG that reveals itself as MPO."""
    return saved(scene(), "MPO", save_all=True, append_images=[scene(320, 240)], exif=exif())


def see_through(kind: str = "PNG") -> bytes:
    """A picture whose left half is fully transparent black."""
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((200, 20, 20, 255), (100, 0, 200, 100))
    return saved(image, kind)


def moving(kind: str = "WEBP", frames: int = 4) -> bytes:
    """An animation of that many frames, each of its own colour."""
    stills = [Image.new("RGB", (32, 32), (number * 89 % 256, 90, 40)) for number in range(frames)]
    return saved(stills[0], kind, save_all=True, append_images=stills[1:], duration=40)


def heif(kind: str = "HEIF", orientation: int = 1) -> bytes:
    """What an iPhone sends (HEIF) or a new Android (AVIF)."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    return saved(laid_down(scene(320, 240), orientation), kind, exif=exif(orientation))


def swapped_profile() -> bytes:
    """An ICC profile in which red means blue: sRGB with two primaries exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


def pdf() -> bytes:
    """A letter somebody called photo.jpg."""
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width: int, height: int, *, rows: int = 1) -> bytes:
    """A grey PNG that claims a size and brings only that many black rows."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1 + width) * rows, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose frame header claims another size."""
    data = bytearray(saved(scene(64, 48), "JPEG"))
    start = data.index(b"\xff\xc0") + 5
    data[start : start + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    """A tiny WebP animation whose canvas claims another size."""
    data = bytearray(moving("WEBP", 2))
    start = data.index(b"VP8X") + 12
    data[start : start + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def heif_claiming(width: int, height: int, kind: str = "HEIF") -> bytes:
    """A small HEIC or AVIF whose property box claims another size (ISO/IEC 14496-12, `ispe`)."""
    data = bytearray(heif(kind))
    start = data.index(b"ispe") + 8
    data[start : start + 8] = struct.pack(">II", width, height)
    return bytes(data)


def mutated(data: bytes, seed: int) -> bytes:
    """The same bytes after an accident: flips, a hole, a doubled part or a cut, repeatable by seed."""
    dice = random.Random(seed)
    wreck = bytearray(data)
    for _ in range(dice.randrange(1, 40)):
        wreck[dice.randrange(len(wreck))] = dice.randrange(256)
    a, b = sorted(dice.randrange(len(wreck)) for _ in range(2))
    accident = dice.randrange(4)
    if accident == 1:
        del wreck[a : min(b, a + 400)]
    elif accident == 2:
        wreck[a:a] = wreck[a : min(b, a + 4000)]
    elif accident == 3:
        del wreck[b:]
    return bytes(wreck)
