"""Whatever camera, format, colour or turn: one clean upright master and a ladder of renditions."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from shop.core.images import (
    MASTER_WIDTH,
    WIDTHS,
    Master,
    PhotoFacts,
    inspect_photo,
    make_master,
    make_renditions,
    rendition_sizes,
)
from tests import photos

TRACES = (b"Exif", b"GPS", b"http://ns.adobe.com", b"ICC_PROFILE", b"Xiaomi", b"secret village", photos.COMMENT)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def near(colour: tuple[int, ...], wanted: tuple[int, ...], by: int = 30) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    w, h = image.size
    spots = [(w // 10, h // 10), (w - w // 10, h // 10), (w // 10, h - h // 10), (w - w // 10, h - h // 10)]
    return [image.getpixel(spot) for spot in spots]  # type: ignore[misc]


def is_upright(image: Image.Image) -> bool:
    return all(near(seen, wanted) for seen, wanted in zip(corners(image), photos.CORNERS.values(), strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_turn_of_the_phone_comes_out_upright(orientation: int) -> None:
    data = photos.jpeg(640, 480, orientation=orientation)
    master = make_master(data)
    assert (master.width, master.height) == (640, 480) == opened(master.data).size
    assert is_upright(opened(master.data))
    assert is_upright(opened(make_renditions(master.data)[160, "avif"]))
    assert inspect_photo(data) == PhotoFacts(640, 480, "JPEG")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "PNG", "WEBP"])
def test_other_formats_stand_upright_too(kind: str, orientation: int) -> None:
    if kind in {"HEIF", "AVIF"}:
        data = photos.heif(kind, orientation)
    else:
        data = photos.saved(photos.laid_down(photos.scene(320, 240), orientation), kind, exif=photos.exif(orientation))
    master = make_master(data)
    assert (master.width, master.height) == (320, 240)
    assert is_upright(opened(master.data))
    assert inspect_photo(data) == PhotoFacts(320, 240, kind)


def test_large_photos_are_shrunk_by_their_longest_side() -> None:
    for size, wanted in {(3200, 2400): (1600, 1200), (2000, 4000): (800, 1600), (1700, 20): (1600, 19)}.items():
        master = make_master(photos.saved(photos.scene(*size), "JPEG"))
        assert (master.width, master.height) == wanted
        assert max(wanted) == MASTER_WIDTH


def test_small_photos_are_not_enlarged() -> None:
    master = make_master(photos.jpeg(90, 60))
    assert (master.width, master.height) == (90, 60)
    drawn = make_renditions(master.data)
    assert set(drawn) == {(160, "avif"), (160, "jpg")}
    assert opened(drawn[160, "jpg"]).size == (90, 60)


def test_a_one_pixel_strip_survives() -> None:
    master = make_master(photos.saved(Image.new("RGB", (5000, 1), "red"), "PNG"))
    assert (master.width, master.height) == (1600, 1)
    assert opened(make_renditions(master.data)[160, "avif"]).size == (160, 1)


@pytest.mark.parametrize(
    "data",
    [
        photos.jpeg(orientation=6),
        photos.jpeg(progressive=True),
        photos.jpeg(icc_profile=photos.swapped_profile()),
        photos.two_lens(),
        photos.heif(),
        photos.heif("AVIF", 6),
        photos.saved(photos.scene(), "PNG", exif=photos.exif(3)),
        photos.saved(photos.scene(), "WEBP", exif=photos.exif(), xmp=photos.XMP),
    ],
)
def test_nothing_but_pixels_is_kept(data: bytes) -> None:
    assert any(trace in data for trace in TRACES)
    master = make_master(data)
    for out in (master.data, *make_renditions(master.data).values()):
        assert [trace for trace in TRACES if trace in out] == []
        info = Image.open(BytesIO(out)).info
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(info)


def test_a_polyglot_loses_its_second_half() -> None:
    data = photos.jpeg() + b"<script>alert(1)</script>" + photos.pdf()
    master = make_master(data)
    assert b"<script>" not in master.data
    assert b"%PDF" not in master.data


def test_a_colour_profile_is_obeyed_before_it_is_dropped() -> None:
    red = Image.new("RGB", (40, 40), (200, 20, 20))
    for kind in ("JPEG", "PNG"):
        data = photos.saved(red, kind, icc_profile=photos.swapped_profile())
        seen = opened(make_master(data).data).getpixel((20, 20))
        assert near(seen, (20, 20, 200), 12)  # type: ignore[arg-type]


def test_a_broken_colour_profile_does_not_cost_the_photo() -> None:
    data = photos.saved(photos.scene(), "JPEG", icc_profile=b"not a profile at all" * 10)
    assert is_upright(opened(make_master(data).data))


def test_broken_exif_does_not_cost_the_photo() -> None:
    data = photos.saved(photos.scene(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert is_upright(opened(make_master(data).data))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_becomes_white_paper(kind: str) -> None:
    image = opened(make_master(photos.see_through(kind)).data)
    assert near(image.getpixel((20, 50)), (255, 255, 255), 6)  # type: ignore[arg-type]
    assert near(image.getpixel((180, 50)), (200, 20, 20), 12)  # type: ignore[arg-type]


def test_palettes_greys_and_sixteen_bits_become_colours() -> None:
    scene = photos.scene()
    palette = scene.quantize(64)
    grey16 = Image.new("I;16", (64, 64), 128 * 256)
    for image, options in ((palette, {}), (palette, {"transparency": 0}), (scene.convert("1"), {}), (grey16, {})):
        master = make_master(photos.saved(image, "PNG", **options))
        assert opened(master.data).mode == "RGB"
    middle = opened(make_master(photos.saved(grey16, "PNG")).data).getpixel((30, 30))
    assert near(middle, (128, 128, 128), 3)  # type: ignore[arg-type]


def test_print_shop_colours_and_dual_lenses_are_photos_too() -> None:
    assert is_upright(opened(make_master(photos.cmyk()).data))
    master = make_master(photos.two_lens())
    assert is_upright(opened(master.data))
    assert inspect_photo(photos.two_lens()).format == "JPEG"


def test_the_first_picture_of_a_short_animation_is_taken() -> None:
    for kind in ("WEBP", "PNG"):
        assert near(opened(make_master(photos.moving(kind)).data).getpixel((9, 9)), (0, 90, 40), 20)  # type: ignore[arg-type]


def test_the_ladder_has_both_formats_at_every_width() -> None:
    master = make_master(photos.jpeg(1200, 900))
    drawn = make_renditions(master.data)
    assert set(drawn) == {(width, ext) for width in WIDTHS for ext in ("avif", "jpg")}
    for (width, ext), data in drawn.items():
        image = Image.open(BytesIO(data))
        assert image.size == (width, round(width * 900 / 1200))
        assert image.format == {"avif": "AVIF", "jpg": "JPEG"}[ext]
        assert is_upright(image.convert("RGB"))
    assert len(drawn[480, "avif"]) < len(drawn[480, "jpg"])


def test_sizes_are_known_without_drawing() -> None:
    assert rendition_sizes(1600, 1200)[960] == (960, 720)
    assert list(rendition_sizes(500, 900)) == [160, 240, 360, 480]
    assert rendition_sizes(120, 90) == {160: (120, 90)}
    assert rendition_sizes(1600, 1) == {width: (width, 1) for width in WIDTHS}


def test_a_master_is_named_by_its_bytes() -> None:
    first, again = make_master(photos.jpeg()), make_master(photos.jpeg())
    assert first == again == Master(first.data, 640, 480, hashlib.sha256(first.data).hexdigest())
    assert Image.open(BytesIO(first.data)).info["progressive"]
