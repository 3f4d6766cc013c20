"""Every sentence said in code or a template speaks Vietnamese, English and Hindi."""

import re
import unicodedata
from functools import cache

import pytest

from tests.tools import catalogues

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
said = cache(catalogues.said)  # all code and templates are read for it


def texts(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


def kept(language):
    return [message for message in catalogues.kept(language) if message.id]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_said_is_in_the_catalogue(language):
    catalogue = catalogues.kept(language)
    missing = [f"{m.locations[0]}: {ids(m)[0]}" for m in said() if m.id and catalogue.get(ids(m)[0]) is None]
    assert missing == [], "run `make messages` and translate"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_sentence_in_the_catalogue_is_translated(language):
    assert [message.id for message in kept(language) if not all(texts(message)) or message.fuzzy] == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_nothing_lies_in_the_catalogue_that_nobody_says(language):
    heard = {ids(message)[0] for message in said() if message.id}
    assert [message.id for message in kept(language) if ids(message)[0] not in heard] == [], "run `make messages`"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_placeholders_agree(language):
    """A number may be left unsaid in the singular; nothing else may be lost, nothing may be new."""
    faults = []
    for message in kept(language):
        if not all(texts(message)):
            continue  # another test says so
        wanted = set(PLACEHOLDER.findall(" ".join(ids(message))))
        needed = wanted - {"num"} if len(ids(message)) > 1 else wanted
        faults += [text for text in texts(message) if not needed <= set(PLACEHOLDER.findall(text)) <= wanted]
        # A lone % would break the formatting of a sentence that has placeholders.
        faults += [text for text in texts(message) if wanted and "%" in PLACEHOLDER.sub("", text).replace("%%", "")]
    assert faults == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_tone_of_the_house(language):
    """Calm sentences: no exclamation marks; letters in the composed form (NFC) that search and fonts expect."""
    said = [text for message in kept(language) for text in texts(message)]
    assert [text for text in said if "!" in text] == []
    assert [text for text in said if not unicodedata.is_normalized("NFC", text)] == []


def test_english_says_what_the_source_says():
    """msgids are plain English: a differing catalogue would be a second opinion."""
    assert [message.id for message in kept("en") if texts(message) != ids(message)] == []
