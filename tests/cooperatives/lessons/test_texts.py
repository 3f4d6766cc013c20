"""The lessons themselves: whole in three languages, short, light, with drawings of our own."""

import re
import unicodedata
from pathlib import Path

import brotli
import pytest
from lxml import etree

from cooperatives.lessons.catalogue import ORDER, lesson, lessons
from shop.core.i18n import LANGUAGES
from tests.architecture.tree import ROOT

PICTURES = ROOT / "static" / "img" / "lessons"
MOST_SCREENS, MOST_BYTES, MOST_WORDS = 6, 60_000, 12
EVERY = [(code, lang) for code in ORDER for lang in LANGUAGES]


def words_of(code: str, lang: str) -> list[str]:
    """Everything that is read aloud."""
    found = lesson(code, lang)
    assert found is not None
    shown = [text for screen in found.screens for text in (screen.heading, *screen.words)]
    asked = [text for one in found.answers for text in (one.words, one.why)]
    return [found.title, found.about, *shown, found.question, *asked]


@pytest.mark.parametrize(("code", "lang"), EVERY)
def test_six_screens_at_most_and_one_question(code: str, lang: str) -> None:
    found = lesson(code, lang)
    assert found is not None
    assert 1 < len(found.screens) + 1 <= MOST_SCREENS  # the question is the last
    assert 2 <= len(found.answers) <= 4
    assert [one.right for one in found.answers].count(True) == 1
    assert all(screen.words and screen.alt for screen in found.screens)


@pytest.mark.parametrize(("code", "lang"), EVERY)
def test_sentences_are_calm_and_short(code: str, lang: str) -> None:
    texts = words_of(code, lang)
    assert all(text.strip() == text and text for text in texts)
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    assert [text for text in texts if "!" in text or "không hợp lệ" in text] == []
    sentences = [one for text in texts for one in re.split(r"(?<=[.?:।])\s+", text)]
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


def test_each_language_tells_the_same() -> None:
    shapes = {
        lang: [[(one.picture, len(one.words)) for one in found.screens] for found in lessons(lang)]
        for lang in LANGUAGES
    }
    assert shapes["vi"] == shapes["en"] == shapes["hi"]
    for code in ORDER:
        texts = zip(*(words_of(code, lang) for lang in LANGUAGES), strict=True)
        assert [same for same in texts if len(set(same)) < 2 and "₫" not in same[0]] == []


def test_every_drawing_is_used_once_and_is_a_plain_drawing() -> None:
    shown = [screen.picture for found in lessons("vi") for screen in found.screens]
    assert sorted(shown) == sorted(path.stem for path in PICTURES.glob("*.svg"))
    for path in PICTURES.glob("*.svg"):
        drawn = etree.parse(str(path))
        assert drawn.getroot().get("viewBox") == "0 0 320 180"
        assert not drawn.xpath("//*[local-name()='script' or local-name()='image' or @href]"), path.name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", ORDER)
def test_a_lesson_weighs_60_kb_at_most(browser, session, code: str, lang: str) -> None:
    page = f"/lessons/{code}" if lang == "vi" else f"/{lang}/lessons/{code}"
    browser.get(page)
    drawn = [Path(image.get("src")).name for image in browser.all("main img")]
    assert len(drawn) == len(browser.all(".lesson-screen"))
    wire = [browser.response.data, *((PICTURES / name).read_bytes() for name in drawn)]
    assert sum(len(brotli.compress(one)) for one in wire) <= MOST_BYTES
