"""The order of the Vietnamese alphabet as a text that any database sorts right."""

import unicodedata

# Two decimal digits a letter. Digits alone, because every collation of every engine sorts them alike.
_END, _SPACE, _DIGITS, _LETTERS, _OTHER = "00", "01", 10, 20, "99"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHT = {letter: str(_LETTERS + place) for place, letter in enumerate(_ALPHABET)}
_WEIGHT |= {str(digit): str(_DIGITS + digit) for digit in range(10)}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def sort_key_vi(text: str) -> str:
    """Return a key of decimal digits; keys in text order are the words in Vietnamese order.

    First the letters (a ă â b c d đ e ê …), words before longer words; among equal letters the tones
    (none, huyền, hỏi, ngã, sắc, nặng), as in the Unicode collation for vi. A tone counts for its word, so
    hoà and hòa are one. Case does not matter; other punctuation sorts as a space.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in _words(text):
        letters.append("".join(_weight(letter) for letter in _letters(word)))
        tones.append(max((_TONES.get(mark, "1") for mark in word), default="1"))
    return _SPACE.join(letters) + _END + "".join(tones)


def _words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(s if s.isalnum() or unicodedata.category(s).startswith("M") else " " for s in bare).split()


def _letters(word: str) -> str:
    kept = "".join(sign for sign in word if sign in _SHAPES or not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def _weight(letter: str) -> str:
    return _WEIGHT.get(letter) or f"{_OTHER}{ord(letter):07d}"
