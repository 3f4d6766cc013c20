"""The demo's photographs: few enough, true in their labels, drawn with the committed letters only."""

import io
import json

import pytest
from PIL import Image, ImageFont

from products.catalogue import TYPES
from shop.cli.demo.drawing import DATA, MasterSpec, draw, keys_for, masters
from shop.cli.demo.facts import read
from shop.cli.demo.packing import packs_of
from shop.cli.demo.studio.canvas import Sheet, lit, mix
from shop.cli.demo.studio.emoji import ART, PIXELS, emoji
from shop.cli.demo.studio.labels import FONT_FILES, Label, drawn
from shop.core.letters import FONTS

SAMPLES = ("che-shan-co-thu-front", "seng-cu-front", "gung-front", "ca-hoi-front", "khan-pieu-front", "lon-ban-front")
MORE = ("nha-nghi-front", "mat-nam-cum-label", "ao-ha-nhi-label", "land-terraces", "send-cool", "send-room")


def spec(key: str) -> MasterSpec:
    return next(one for one in masters() if one.key == key)


def test_at_most_160_photographs_serve_every_type() -> None:
    keys = [one.key for one in masters()]
    assert len(keys) == len(set(keys)) <= 160
    for code in TYPES:
        assert set(keys_for(code)) <= set(keys)
    with pytest.raises(KeyError):
        keys_for("LC-999")


@pytest.mark.parametrize("key", [*SAMPLES, *MORE])
def test_a_photograph_is_a_square_jpeg_full_of_colour(key: str) -> None:
    image = Image.open(io.BytesIO(draw(spec(key))))
    assert (image.format, image.size, image.mode) == ("JPEG", (PIXELS, PIXELS), "RGB")
    assert len(image.resize((50, 50)).getcolors(2500) or ()) > 400  # a placeholder has few


def test_the_same_photograph_twice_is_the_same_bytes() -> None:
    assert draw(spec("gung-front")) == draw(spec("gung-front"))


def test_a_shared_label_says_nothing_that_is_untrue_of_some() -> None:
    for look in read("looks")["looks"]:
        words = f"{look['label']['name']} {look['label']['under']}"
        amounts = [word for word in words.split() if word.isdigit()]
        if amounts:
            packs = [pack for code in look["types"] for pack in packs_of(code, read("types")["types"][code]["packs"])]
            assert {str(pack.measure) for pack in packs} == set(amounts), look["key"]
        assert "HTX" not in words


def test_a_storys_label_names_its_producer_pack_and_commune() -> None:
    for story in json.loads((DATA / "stories.json").read_text(encoding="utf-8"))["stories"]:
        if "label" in story:
            label = story["label"]
            assert label["maker"]
            assert label["place"].endswith("tỉnh Lai Châu")
            assert story["pack"].split()[1].rstrip("0") in label["amount"].replace(" kg", "000").replace(",", "")


def test_every_letter_of_a_label_is_in_the_committed_fonts() -> None:
    words = {look["label"]["name"] + look["label"]["under"] for look in read("looks")["looks"]}
    words |= {"".join(story["label"].values()) for story in read("stories")["stories"] if "label" in story}
    letters = set("".join(words)) - {" ", "#"}
    for file in FONT_FILES.values():
        font = ImageFont.truetype(str(FONTS / file), 40)
        missing = bytes(font.getmask("\uffff"))
        assert not [letter for letter in sorted(letters) if bytes(font.getmask(letter)) == missing], file


def test_a_name_is_set_as_large_as_its_label_allows() -> None:
    svg = drawn(Sheet(), Label("Chè Shan tuyết cổ thụ <&>", maker="HTX"), (0, 0, 320, 420))
    assert "&lt;&amp;&gt;" in svg
    assert svg.count("<text") >= 4


def test_emoji_are_never_drawn_larger_than_they_bear() -> None:
    assert "1f33d" in emoji("1f33d", 0, 0, 368)
    with pytest.raises(ValueError, match="1f33d"):
        emoji("1f33d", 0, 0, 400)
    assert len(list((ART / "emoji").glob("*.webp"))) <= 80
    assert (ART / "emoji" / "LICENSE").exists()
    assert (FONTS / "OFL.txt").exists()


def test_colours_mix_and_take_light_and_shade() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert lit("#808080", 0.4) > "#808080" > lit("#808080", -0.4)
