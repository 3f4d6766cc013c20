"""Pixels in, clean pixels out: Pillow under limits; knows neither Flask nor any sentence."""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO

from PIL import ExifTags, Image, ImageCms

from shop.core.looks import Looks, looks_of

WIDTHS = (160, 240, 360, 480, 640, 960)
MASTER_WIDTH = 1600  # the longest side of a master, in pixels
MAX_BYTES = 20 * 1024 * 1024
MAX_JPEG_PIXELS = 110_000_000  # libjpeg shrinks while it decodes, so a 108-megapixel phone photo is affordable
MAX_OTHER_PIXELS = 65_000_000  # the other decoders hold every pixel at once
MAX_FRAMES = 64
MASTER_QUALITY = 85
JPEG_QUALITY = 75
AVIF_QUALITY = 46  # at speed 9 as near to the original as JPEG 75 (PSNR, 360 to 960 px), in three fifths of its bytes
AVIF_SPEED = 9

# Pillow's own guard, for pictures inside pictures; ours below is the stricter one.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_LANCZOS = Image.Resampling.LANCZOS
_GAP = 2.0  # box-shrink to twice the size first, then Lanczos: the eye sees no difference, the clock does
_TURNS = {  # the EXIF orientation tag (TIFF 6.0, tag 274) and the turn that undoes it
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Renditions = dict[tuple[int, str], bytes]


class Fault(StrEnum):
    """What can be wrong with a photo."""

    EMPTY = "empty"
    NOT_A_PHOTO = "not a photo"
    CUT_SHORT = "cut short"
    TOO_HEAVY = "too heavy"
    TOO_MANY_PIXELS = "too many pixels"
    MOVING = "moving"
    UNREADABLE = "unreadable"


class BadPixels(Exception):
    """These bytes do not become a picture; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """Width and height in pixels as people will see it (upright), and JPEG, PNG, WEBP, HEIF or AVIF."""

    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True)
class Master:
    """The one clean JPEG kept of a photo: size in pixels, SHA-256 of the bytes in hex, its looks where measured."""

    data: bytes
    width: int
    height: int
    digest: str
    looks: Looks | None = field(default=None, compare=False)

    @classmethod
    def of(cls, data: bytes, width: int, height: int, looks: Looks | None = None) -> "Master":
        """Name the bytes by their digest."""
        return cls(data, width, height, hashlib.sha256(data).hexdigest(), looks)


def format_at_sight(data: bytes) -> str:
    """Name the format by the first bytes, never by a file name.

    Raises BadPixels for an empty, too heavy or foreign file. Nothing is decoded, so any process may ask.
    """
    if not data:
        raise BadPixels(Fault.EMPTY)
    if len(data) > MAX_BYTES:
        raise BadPixels(Fault.TOO_HEAVY)
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = data[8 : min(int.from_bytes(data[:4]), 128)]
        return "AVIF" if b"avif" in brands or b"avis" in brands else "HEIF"
    raise BadPixels(Fault.NOT_A_PHOTO)


def facts_of(data: bytes) -> PhotoFacts:
    """Read the header of a photo; raises BadPixels. A sound header does not prove sound pixels."""
    with _faults(), _opened(data) as image:
        width, height = image.size
        if _orientation(image) >= 5:
            width, height = height, width
        return PhotoFacts(width, height, format_at_sight(data))


def master_of(data: bytes) -> Master:
    """Decode a photo and draw it anew: upright, sRGB, on white, longest side 1600 px, no metadata; raises BadPixels."""
    with _faults(), _opened(data) as image:
        turn = _TURNS.get(_orientation(image))
        profile = image.info.get("icc_profile")
        image.draft(None, _fitted(image.size))  # only JPEG heeds it: a half, a quarter or an eighth, still large enough
        small = _flat(_shrunk(_plain_mode(image)))
        small = _in_srgb(small, profile)
        upright = small.transpose(turn) if turn is not None else small
        clean = Image.new("RGB", upright.size)  # nothing but pixels comes along
        clean.paste(upright)
        return Master.of(_jpeg(clean, MASTER_QUALITY), *clean.size, looks_of(clean))


def looks_in(master: bytes) -> Looks:
    """Measure a master that was made before anybody measured; raises BadPixels."""
    with _faults(), _opened(master) as image:
        return looks_of(image.convert("RGB"))


def rendition_sizes(width: int, height: int) -> dict[int, tuple[int, int]]:
    """Say which widths of the ladder a master of this size gets, and the pixels of each.

    Nothing is enlarged; 160 is always there, and is the master's own size where that is narrower.
    """
    steps = [step for step in WIDTHS if step <= width] or [WIDTHS[0]]
    wide = {step: min(step, width) for step in steps}
    return {step: (pixels, max(1, round(height * pixels / width))) for step, pixels in wide.items()}


def renditions_of(master: bytes, only: int | None = None) -> Renditions:
    """Draw the ladder of a master, or `only` one of its widths, as AVIF and JPEG; raises BadPixels."""
    with _faults(), _opened(master) as opened:
        sizes = rendition_sizes(*opened.size)
        if only is not None:
            sizes = {only: sizes[only]}
            opened.draft(None, (2 * sizes[only][0], 2 * sizes[only][1]))
        image = opened.convert("RGB")
        drawn: Renditions = {}
        for width, size in reversed(sizes.items()):  # each from the one above
            image = image.resize(size, _LANCZOS, reducing_gap=_GAP)
            drawn[width, "avif"] = _avif(image)
            drawn[width, "jpg"] = _jpeg(image, JPEG_QUALITY)
        return drawn


@contextmanager
def _faults() -> Iterator[None]:
    # Decoders raise OSError, SyntaxError, ValueError, RuntimeError, struct.error ...: all of them mean the file.
    try:
        yield
    except BadPixels:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadPixels(Fault.TOO_MANY_PIXELS) from error
    except Exception as error:
        raise BadPixels(Fault.CUT_SHORT if "truncated" in str(error).lower() else Fault.UNREADABLE) from error


def _opened(data: bytes) -> Image.Image:
    name = format_at_sight(data)
    if name == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    # "MPO" must not be named here (Pillow 13 raises KeyError): such a file opens as JPEG and then says MPO.
    image = Image.open(BytesIO(data), formats=[name])
    most = MAX_JPEG_PIXELS if name == "JPEG" else MAX_OTHER_PIXELS
    if image.width * image.height > most:
        raise BadPixels(Fault.TOO_MANY_PIXELS)
    if getattr(image, "n_frames", 1) > MAX_FRAMES:
        raise BadPixels(Fault.MOVING)
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # broken EXIF around sound pixels: shown as it lies
        return 1


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, MASTER_WIDTH / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plain_mode(image: Image.Image) -> Image.Image:
    if image.mode in {"F", "I"} or image.mode.startswith("I;16"):  # 16 bits of grey: keep the upper eight
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return (
            image if image.mode == "RGBA" else image.convert("RGBA")
        )  # a needless copy would cost 260 MB at the limit
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _shrunk(image: Image.Image) -> Image.Image:
    return image.resize(_fitted(image.size), _LANCZOS, reducing_gap=_GAP)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return turned or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):  # a broken or foreign profile: take it as sRGB
            pass
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _avif(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
    return out.getvalue()
