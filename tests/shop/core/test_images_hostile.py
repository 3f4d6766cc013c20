"""No file hurts: bombs, wrecks and lies are refused with a sentence, never with a crash."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from PIL import Image

from shop.core import pixels
from shop.core.errors import DomainError
from shop.core.images import MAX_BYTES, BadPhoto, Fault, inspect_photo, make_master, make_renditions
from tests import photos

pytestmark = pytest.mark.filterwarnings("ignore")  # Pillow grumbles about wrecks before it refuses them
JPEG, PNG, WEBP = photos.jpeg(), photos.saved(photos.scene(), "PNG"), photos.saved(photos.scene(), "WEBP")
SOURCES = (JPEG, photos.jpeg(progressive=True), PNG, WEBP, photos.two_lens(), photos.heif(), photos.heif("AVIF"))

HOSTILE: dict[str, tuple[Fault, Callable[[], bytes]]] = {
    "zero bytes": (Fault.EMPTY, lambda: b""),
    "a PDF called photo.jpg": (Fault.NOT_A_PHOTO, photos.pdf),
    "an SVG": (Fault.NOT_A_PHOTO, lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    "a GIF": (Fault.NOT_A_PHOTO, lambda: photos.saved(photos.scene(), "GIF")),
    "a TIFF": (Fault.NOT_A_PHOTO, lambda: photos.saved(photos.scene(64, 48), "TIFF")),
    "a BMP": (Fault.NOT_A_PHOTO, lambda: photos.saved(photos.scene(64, 48), "BMP")),
    "one byte": (Fault.NOT_A_PHOTO, lambda: b"\xff"),
    "a letter that begins like a photo": (Fault.UNREADABLE, lambda: b"\xff\xd8\xff" + photos.pdf()),
    "half a JPEG": (Fault.CUT_SHORT, lambda: JPEG[: len(JPEG) // 2]),
    "half a PNG": (Fault.CUT_SHORT, lambda: PNG[: len(PNG) // 2]),
    "half a WebP": (Fault.UNREADABLE, lambda: WEBP[: len(WEBP) // 2]),
    "half an AVIF": (Fault.UNREADABLE, lambda: photos.heif("AVIF")[:-3000]),
    "only the first bytes": (Fault.UNREADABLE, lambda: JPEG[:3]),
    "too many bytes": (Fault.TOO_HEAVY, lambda: JPEG + bytes(MAX_BYTES)),
    "a 200-megapixel JPEG header": (Fault.TOO_MANY_PIXELS, lambda: photos.jpeg_claiming(20_000, 10_000)),
    "a 120-megapixel JPEG header": (Fault.TOO_MANY_PIXELS, lambda: photos.jpeg_claiming(12_000, 10_000)),
    "the largest JPEG header": (Fault.TOO_MANY_PIXELS, lambda: photos.jpeg_claiming(65_500, 65_500)),
    "a 200-megapixel HEIC": (Fault.TOO_MANY_PIXELS, lambda: photos.heif_claiming(20_000, 10_000)),
    "a 200-megapixel AVIF": (Fault.TOO_MANY_PIXELS, lambda: photos.heif_claiming(20_000, 10_000, "AVIF")),
    "a 66-megapixel HEIC": (Fault.TOO_MANY_PIXELS, lambda: photos.heif_claiming(11_000, 6_000)),
    "a HEIC larger than it says": (Fault.UNREADABLE, lambda: photos.heif_claiming(64, 48)),
    "a 64k x 64k PNG header": (Fault.TOO_MANY_PIXELS, lambda: photos.png_claiming(65_536, 65_536)),
    "a 70-megapixel PNG": (Fault.TOO_MANY_PIXELS, lambda: photos.png_claiming(10_000, 7_000, rows=7_000)),
    "a long animation": (Fault.MOVING, lambda: photos.moving(frames=pixels.MAX_FRAMES + 1)),
    "a long PNG animation": (Fault.MOVING, lambda: photos.moving("PNG", pixels.MAX_FRAMES + 1)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(case: str) -> None:
    fault, make = HOSTILE[case]
    data = make()
    start = time.perf_counter()
    with pytest.raises(BadPhoto) as refused:
        make_master(data)
    assert time.perf_counter() - start < 3
    assert refused.value.fault is fault
    assert str(refused.value.sentence).endswith(".")


def test_every_fault_has_a_sentence_for_people() -> None:
    for fault in Fault:
        error = BadPhoto(fault)
        assert isinstance(error, DomainError)
        assert error.status == 422
        assert len(str(error.sentence).split()) <= 12


def test_the_header_alone_refuses_what_it_can() -> None:
    for case in (
        "zero bytes",
        "a PDF called photo.jpg",
        "too many bytes",
        "a 64k x 64k PNG header",
        "a long animation",
    ):
        with pytest.raises(BadPhoto) as refused:
            inspect_photo(HOSTILE[case][1]())
        assert refused.value.fault is HOSTILE[case][0]


def test_a_phone_photo_of_108_megapixels_is_welcome() -> None:
    data = photos.saved(Image.new("L", (12_000, 9_000), 90), "JPEG", quality=50)
    master = make_master(data)
    assert (master.width, master.height) == (1600, 1200)


@pytest.mark.parametrize("rows", [8_000, 1])
def test_a_bomb_within_the_limits_is_only_a_dull_photo(rows: int) -> None:
    data = photos.png_claiming(8_000, 8_000, rows=rows)
    assert len(data) < 100_000
    assert make_master(data).width == 1600


def test_a_master_that_is_none_is_refused() -> None:
    with pytest.raises(BadPhoto):
        make_renditions(JPEG[:2000])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(photos.SEEDS))
def test_wrecks_are_opened_or_refused_quickly(seed: int) -> None:
    data = photos.mutated(SOURCES[seed % len(SOURCES)], seed)
    start = time.perf_counter()
    with suppress(BadPhoto):
        make_renditions(make_master(data).data)
    assert time.perf_counter() - start < 3
