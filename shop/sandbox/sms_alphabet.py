"""How many texts a text is: GSM 7-bit or UCS-2, whole or in parts (3GPP TS 23.038 and 23.040)."""

GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = set("^{}\\[~]|€\f")  # these take two places
WHOLE = {"gsm": 160, "ucs2": 70}
PART = {"gsm": 153, "ucs2": 67}  # a part gives seven septets, or three characters, to its own header


def parts_of(text: str) -> tuple[str, int]:
    """Return the alphabet ("gsm" or "ucs2") and the number of parts that a text needs."""
    if set(text) <= GSM | GSM_DOUBLE:
        alphabet, length = "gsm", len(text) + sum(character in GSM_DOUBLE for character in text)
    else:
        alphabet, length = "ucs2", len(text.encode("utf-16-be")) // 2
    if length <= WHOLE[alphabet]:
        return alphabet, 1
    return alphabet, -(-length // PART[alphabet])
