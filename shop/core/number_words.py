"""Whole numbers spelled out in Vietnamese, English and Hindi."""

from collections.abc import Callable

_MOST = 10**15


def _table(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_VI = _table("không một hai ba bốn năm sáu bảy tám chín")
_VI_SCALES = ("", " nghìn", " triệu")

_EN = _table(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS = _table("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

# Hindi has a word of its own for each number below a hundred.
_HI = _table(
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस "
    "तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस "
    "चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास "
    "पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ "
    "साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर "
    "सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी "
    "अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी "
    "नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे"
)
_HI_SCALES = ((10**11, "खरब"), (10**9, "अरब"), (10**7, "करोड़"), (10**5, "लाख"), (10**3, "हज़ार"), (100, "सौ"))


def number_words(number: int, lang: str) -> str:
    """Return `number` (0 to 10^15 - 1) in words; raises ValueError outside, KeyError for other languages."""
    speak = _SPEAKERS[lang]
    if not 0 <= number < _MOST:
        raise ValueError(f"{number} is not spelled out")
    return speak(number)


def _vietnamese(number: int) -> str:
    """Read from the left in groups of three; tỷ (10^9) starts the groups anew: "nghìn tỷ" is 10^12."""
    above, rest = divmod(number, 10**9)
    parts = [f"{_vietnamese(above)} tỷ"] if above else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            parts.append(_vietnamese_group(group, full=bool(parts)) + _VI_SCALES[place])
    return " ".join(parts) or _VI[0]


def _vietnamese_group(group: int, *, full: bool) -> str:
    """Read three digits; `full` says the hundreds even where they are none: "không trăm linh năm"."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [f"{_VI[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if ones:
            words.append(f"linh {_VI[ones]}" if words else _VI[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{_VI[tens]} mươi")
    if ones:
        words.append(_vietnamese_ones(ones, after_ten=tens == 1))
    return " ".join(words)


def _vietnamese_ones(ones: int, *, after_ten: bool) -> str:
    changed = {5: "lăm"} if after_ten else {1: "mốt", 4: "tư", 5: "lăm"}
    return changed.get(ones, _VI[ones])


def _english(number: int) -> str:
    parts = []
    rest = number
    for worth, name in _EN_SCALES:
        count, rest = divmod(rest, worth)
        if count:
            parts.append(f"{_english(count)} {name}")
    hundreds, small = divmod(rest, 100)
    if hundreds:
        parts.append(f"{_EN[hundreds]} hundred")
    if small or not parts:
        below = (
            _EN[small]
            if small < 20
            else "-".join([_EN_TENS[small // 10 - 2], *([_EN[small % 10]] if small % 10 else [])])
        )
        parts.append(f"and {below}" if parts else below)
    return " ".join(parts)


def _hindi(number: int) -> str:
    parts = []
    rest = number
    for worth, name in _HI_SCALES:
        count, rest = divmod(rest, worth)
        if count:
            parts.append(f"{_hindi(count)} {name}")
    if rest or not parts:
        parts.append(_HI[rest])
    return " ".join(parts)


_SPEAKERS: dict[str, Callable[[int], str]] = {"vi": _vietnamese, "en": _english, "hi": _hindi}
