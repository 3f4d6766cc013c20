"""How dark, how sharp, and the hash that a copy keeps."""

from itertools import combinations
from random import Random

import pytest
from PIL import Image, ImageFilter

from shop.core.decoding import looks_in_child, master_in_child
from shop.core.looks import Looks, bands, distance, looks_of
from tests import photos

SCENES = [photos.scene(1600, 1200, seed) for seed in range(6)]


def underexposed(image, stops):
    return image.point(lambda value: round(255 * ((value / 255) ** 2.2 / 2**stops) ** (1 / 2.2)))


def blurred(image, radius):
    return image.filter(ImageFilter.GaussianBlur(radius))


def noisy(image):
    return Image.blend(image, Image.effect_noise(image.size, 60).convert("RGB"), 0.2)


def sent_again(image, **changes):
    """As somebody keeps it and sends it once more."""
    return Image.open(photos.BytesIO(photos.saved(image, "JPEG", **{"quality": 50, **changes})))


def test_the_darker_the_more_and_nothing_else_moves():
    for image in SCENES:
        shares = [looks_of(underexposed(image, stops)).dark for stops in (0, 2, 4)]
        assert shares == sorted(shares)
        assert shares[0] < 30 < 75 < shares[2]
        assert abs(looks_of(underexposed(image, 3)).sharp - looks_of(image).sharp) < 15


def test_the_more_blurred_the_less_sharp_whatever_the_size():
    for image in SCENES:
        sharp = [looks_of(blurred(image, radius)).sharp for radius in (0, 2, 4, 6)]
        assert sharp == sorted(sharp, reverse=True)
        assert sharp[3] < 45 < 53 < sharp[0]
        half = image.resize((800, 600), Image.Resampling.LANCZOS)
        assert abs(looks_of(half).sharp - sharp[0]) < 20


def test_grain_does_not_pass_for_blur():
    assert all(looks_of(noisy(image)).sharp > 53 for image in SCENES)


@pytest.mark.parametrize("colour", ["black", "white", (120, 130, 90)])
def test_a_blank_picture_is_like_no_other(colour):
    looks = looks_of(Image.new("RGB", (1600, 1200), colour))
    assert looks == Looks(100 if colour == "black" else 0, 0, None)
    assert bands(looks.likeness) == []


def test_a_gradient_is_not_blank_and_the_smallest_picture_is_no_trouble():
    assert looks_of(Image.linear_gradient("L").convert("RGB")).likeness is not None
    assert looks_of(Image.new("RGB", (1600, 1), "red")) == Looks(0, 0, None)
    assert looks_of(Image.new("RGB", (1, 1))).dark == 100


@pytest.mark.parametrize(
    "change",
    [
        sent_again,
        lambda image: sent_again(image.resize((800, 600), Image.Resampling.LANCZOS)),
        lambda image: sent_again(image.resize((1280, 960), Image.Resampling.BICUBIC), quality=70),
        lambda image: image.point(lambda value: round(value * 0.8)),
        lambda image: image.convert("L").convert("RGB"),
    ],
    ids=["worse", "half", "messenger", "darker", "grey"],
)
def test_a_copy_is_found_again(change):
    near = [distance(looks_of(image).likeness, looks_of(change(image)).likeness) for image in SCENES]
    assert max(near) <= 3, near


def test_other_pictures_are_far():
    hashes = [looks_of(photos.scene(320, 240, seed)).likeness for seed in range(60)]
    assert min(distance(one, other) for one, other in combinations(hashes, 2)) > 8


def test_within_three_bits_a_quarter_is_shared():
    dice = Random(7)
    for _ in range(500):
        one = dice.getrandbits(64) - 2**63
        other = one
        for place in dice.sample(range(64), 3):
            other ^= -(2**63) if place == 63 else 1 << place
        assert distance(one, other) == 3
        assert set(bands(one)) & set(bands(other))
        assert -(2**63) <= other < 2**63


def test_the_child_measures_as_we_do():
    master = master_in_child(photos.jpeg(1200, 900))
    assert master.looks is not None
    again = looks_in_child(master.data)
    assert distance(again.likeness, master.looks.likeness) <= 1
    assert abs(again.sharp - master.looks.sharp) <= 5
