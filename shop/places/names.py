"""Names of places: their kinds, their shape in each language, the address line."""

from typing import NamedTuple, Protocol

from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.text import fold

# Longest first, so that "Thành phố" is not read as "Thành". The last four ended in 2025 and are still said.
KINDS = {
    "Thành phố": "thanh_pho",
    "Thị trấn": "thi_tran",
    "Đặc khu": "dac_khu",
    "Thị xã": "thi_xa",
    "Phường": "phuong",
    "Huyện": "huyen",
    "Tỉnh": "tinh",
    "Quận": "quan",
    "Xã": "xa",
}
_ENGLISH = {"tinh": "Province", "thanh_pho": "City", "xa": "Commune", "phuong": "Ward", "dac_khu": "Special Zone"}
_TYPED = {fold(word): kind for word, kind in KINDS.items()} | {
    "tp": "thanh_pho",
    "tt": "thi_tran",
    "tx": "thi_xa",
    "p": "phuong",
    "x": "xa",
    "h": "huyen",
}
_DISTRICTS = {"huyen", "quan", "thanh_pho", "thi_xa"}


class Place(Protocol):
    """What a Province and a Commune have in common."""

    @property
    def name(self) -> str:
        """Xã Bình Lư."""

    @property
    def short_name(self) -> str:
        """Bình Lư."""

    @property
    def kind(self) -> str:
        """The code: xa, phuong, tinh."""


class SplitName(NamedTuple):
    """A name taken apart: "Xã Bình Lư" is (xa, Bình Lư)."""

    kind: str
    short: str


def split(name: str) -> SplitName:
    """Return kind and short name of an official name; ValueError when it begins with no known kind."""
    for word, kind in KINDS.items():
        if name.startswith(f"{word} "):
            return SplitName(kind, name.removeprefix(f"{word} "))
    raise ValueError(f"{name} begins with no kind of place")


def split_typed(text: str) -> tuple[str | None, str]:
    """Return (kind or None, folded rest) of what a person typed: "tt. Tam Duong" is (thi_tran, tam duong)."""
    folded = fold(text)
    for word, kind in _TYPED.items():
        if folded.startswith(f"{word} "):
            return kind, folded.removeprefix(f"{word} ")
    return None, folded


def is_district(name: str) -> bool:
    """Say whether an older name was a district's; there are none since July 2025."""
    return split(name).kind in _DISTRICTS


def english(name: str) -> str:
    """Return "Bình Lư Commune" for "Xã Bình Lư"; ValueError for kinds that ended."""
    kind, short = split(name)
    if kind not in _ENGLISH:
        raise ValueError(f"{name} is no place of today")
    return f"{short} {_ENGLISH[kind]}"


def shown_name(place: Place) -> str:
    """Return the name of a province or commune in the language that speaks: Xã Bình Lư, Bình Lư Commune."""
    if current_language() == "vi":
        return place.name
    patterns = {
        "tinh": _("%(name)s Province", name=place.short_name),
        "thanh_pho": _("%(name)s City", name=place.short_name),
        "xa": _("%(name)s Commune", name=place.short_name),
        "phuong": _("%(name)s Ward", name=place.short_name),
        "dac_khu": _("%(name)s Special Zone", name=place.short_name),
    }
    return patterns[place.kind]


def in_sentence(name: str) -> str:
    """Return the name as it stands inside a Vietnamese sentence: "xã Bình Lư"."""
    return name[:1].lower() + name[1:]


def address_line(line: str, commune: Place, province: Place) -> str:
    """Return an address from small to large, as carriers and people in Việt Nam write it in every language.

    "Số 5, bản X, xã Bình Lư, tỉnh Lai Châu"; an empty line is left out.
    """
    parts = [line.strip(" ,"), in_sentence(commune.name), in_sentence(province.name)]
    return ", ".join(part for part in parts if part)
