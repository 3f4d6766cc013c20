"""What fits into one text message: GSM 7-bit or UCS-2, whole or in parts (3GPP TS 23.038 and 23.040)."""

import re
import unicodedata

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = set("^{}\\[~]|€\f")  # these take two places
WHOLE = {"gsm": 160, "ucs2": 70}
PART = {"gsm": 153, "ucs2": 67}  # a part gives seven septets, or three characters, to its own header
_MARKS = re.compile("[\u0300-\u036f]")
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "₫": "d",
        "–": "-",
        "—": "-",
        "“": chr(34),
        "”": chr(34),
        "‘": "'",
        "’": "'",
        "·": "-",
        "×": "x",
    }
)


def parts_of(text: str) -> tuple[str, int]:
    """Return the alphabet ("gsm" or "ucs2") and the number of parts that a text needs."""
    alphabet, length = _measured(text)
    if length <= WHOLE[alphabet]:
        return alphabet, 1
    return alphabet, -(-length // PART[alphabet])


def _measured(text: str) -> tuple[str, int]:
    if set(text) <= GSM | GSM_DOUBLE:
        return "gsm", len(text) + sum(character in GSM_DOUBLE for character in text)
    return "ucs2", len(text.encode("utf-16-be")) // 2


def unaccented(text: str) -> str:
    """Return Vietnamese as telephones write it for one price: "Đơn hàng mới" becomes "Don hang moi"."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(_PLAIN)))


def one_text(words: str, link: str, language: str) -> str:
    """Return words and link as one text that costs one part: the words are cut at a word, the link never is.

    Vietnamese and English lose their marks, so that 160 characters fit; Hindi keeps its letters and has 70.
    """
    plain = " ".join((words if language == "hi" else unaccented(words)).split())
    while plain and parts_of(f"{plain} {link}")[1] > 1:
        shorter = plain.removesuffix("..").rpartition(" ")[0]
        plain = f"{shorter}.." if shorter else ""
    return f"{plain} {link}".strip()
