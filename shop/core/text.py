"""Vietnamese text made comparable: folding, the sound key, slugs and the order of the alphabet."""

import re
import unicodedata

from shop.core.collation import sort_key_vi

__all__ = ["compact", "fold", "nfc", "plain_digits", "slugify", "sort_key_vi", "sound"]

_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02b9]")
_SLUG_LENGTH = 60

_VOWELS = "aeiouy"
_ENDINGS = "ch|ng|nh|c|m|n|p|t"
# Telex writes a tone as a letter, after the vowel or after the syllable: chef = chè, tuyeest or tuyeets = tuyết.
_TELEX_TONE = re.compile(f"(?<=[{_VOWELS}w])[sfrxjz]+(?=(?:{_ENDINGS})?$)")
_TELEX_TONE_LAST = re.compile(f"(?<=[{_VOWELS}w])({_ENDINGS})[sfrxjz]+$")
_TELEX_DOUBLE = re.compile("^dd|aa|ee|oo")
_SOUNDS = (
    (re.compile("^ch"), "tr"),
    (re.compile("^sh?"), "x"),
    (re.compile(f"^l(?=[{_VOWELS}])"), "n"),
    (re.compile("y"), "i"),
)


def nfc(text: str) -> str:
    """Return the text in Unicode NFC, the one form that is stored."""
    return unicodedata.normalize("NFC", text)


def plain_digits(text: str) -> str:
    """Return the text with every decimal digit, full-width sign and kind of space as its ASCII twin.

    Superscripts and fractions stay as they are: 5² is not 52.
    """
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Zs":
        return " "
    if "\uff01" <= sign <= "\uff5e":
        return chr(ord(sign) - 0xFEE0)
    return sign


def fold(text: str) -> str:
    """Return lower-case words without Vietnamese marks, with single spaces and no punctuation.

    đ has no decomposition in Unicode, so it is mapped by hand; apostrophes join (H'Mông = hmong);
    the vowel signs of Devanagari stay, for without them Hindi cannot be read.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", bare)).replace("đ", "d")
    return " ".join("".join(sign if _is_of_a_word(sign) else " " for sign in bare).split())


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def compact(text: str) -> str:
    """Return the folded text without spaces: "séng cù" and "sengcu" are alike."""
    return fold(text).replace(" ", "")


def sound(text: str) -> str:
    """Return a key that is equal for spellings that sound alike to many ears, word by word.

    ch = tr, s = x, l = n, i = y, and letters that a Telex keyboard left behind (tuyeet, ddoong, chef)
    are taken out. Never an identity: different words may share a key.
    """
    return " ".join(_sound_of(word) for word in fold(text).split())


def _sound_of(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    word = _without_telex(word)
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


def _without_telex(word: str) -> str:
    word = _TELEX_TONE_LAST.sub(r"\1", _TELEX_TONE.sub("", word))
    word = _TELEX_DOUBLE.sub(lambda pair: pair[0][0], word)
    bare = ""
    for letter in word:  # w is a horn or breve after a vowel, the vowel ư itself where none came before
        if letter != "w":
            bare += letter
        elif not any(vowel in bare for vowel in _VOWELS):
            bare += "u"
    return bare


def slugify(text: str) -> str:
    """Return ASCII words joined by hyphens, at most 60 signs and cut between words; never empty."""
    slug = "-".join(re.findall("[a-z0-9]+", fold(text)))
    if len(slug) > _SLUG_LENGTH:
        slug = slug[: _SLUG_LENGTH + 1].rpartition("-")[0] or slug[:_SLUG_LENGTH]
    return slug or "muc"
