"""Reading places: lists for forms, and the search that knows the older names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import compact, nfc, sort_key_vi, sound
from shop.places import names
from shop.places.models import Commune, CommuneAlias, Province

ELSEWHERE, ALIKE = "elsewhere", "alike"
_MOST_MATCHES = 12
_LONGEST_TEXT = 80
_CURRENT, _FORMER, _DISTRICT = range(3)
_NO_MATCH = 9
_THE_NAME = 1  # the whole name, with marks or without


@dataclass(frozen=True)
class Match:
    """A commune of today that what was typed may mean; `notes` are lazy sentences about older names."""

    commune: Commune
    said: str
    notes: tuple[Any, ...]
    distance: int = 0  # 0: the very name, 1: without marks, then less and less alike


@dataclass(frozen=True)
class Group:
    """Communes under the former district that people look for; `heading` is None where none is known."""

    heading: str | None
    communes: list[Commune]


def provinces() -> list[Province]:
    """Return all provinces in Vietnamese order."""
    return list(db.session.scalars(select(Province).order_by(Province.sort_key)))


def names_of_provinces() -> list[tuple[str, str]]:
    """Return code and short name of all provinces in Vietnamese order."""
    return [(code, name) for code, name in db.session.execute(_names_of_provinces())]


def names_of_communes(province_code: str) -> list[tuple[str, str]]:
    """Return code and name of the communes of one province in Vietnamese order."""
    if not _is_code(province_code):
        return []
    return [(code, name) for code, name in db.session.execute(_names_of_communes(), {"province": province_code})]


@cache
def _names_of_provinces() -> Any:
    return select(Province.code, Province.short_name).order_by(Province.sort_key)


@cache
def _names_of_communes() -> Any:
    chosen = select(Commune.code, Commune.name).where(Commune.province_code == bindparam("province"))
    return chosen.order_by(Commune.sort_key, Commune.code)


def province(code: str) -> Province | None:
    """Return the province with this two-digit code."""
    return db.session.get(Province, code) if _is_code(code) else None


def commune(code: str) -> Commune | None:
    """Return the commune with this five-digit code."""
    return db.session.get(Commune, code) if _is_code(code) else None


def communes(codes: Iterable[str]) -> dict[str, Commune]:
    """Return some communes by their five-digit code, in one query; `commune` finds them while they are held."""
    wanted = {code for code in codes if _is_code(code)}
    found = db.session.scalars(select(Commune).where(Commune.code.in_(wanted))) if wanted else ()
    return {one.code: one for one in found}


def communes_of(province_code: str) -> list[Commune]:
    """Return the communes of one province in Vietnamese order."""
    if not _is_code(province_code):
        return []
    chosen = select(Commune).where(Commune.province_code == province_code).order_by(Commune.sort_key, Commune.code)
    return list(db.session.scalars(chosen))


def aliases_of(province_code: str) -> list[CommuneAlias]:
    """Return the older names that lead to communes of one province."""
    chosen = select(CommuneAlias).join(CommuneAlias.commune).where(Commune.province_code == province_code)
    return list(db.session.scalars(chosen.order_by(CommuneAlias.id)))


def with_older_names() -> list[Province]:
    """Return the provinces whose former communes and districts are known; of the others nobody has told us a list."""
    known = select(Commune.province_code).join(CommuneAlias, CommuneAlias.commune_code == Commune.code)
    return list(db.session.scalars(select(Province).where(Province.code.in_(known)).order_by(Province.sort_key)))


def surely(matches: Sequence[Match]) -> Commune | None:
    """Return the one commune that a typed name must mean, or None where another is as likely: nothing is guessed."""
    if not matches:
        return None
    nearest = [match for match in matches if match.distance == matches[0].distance]
    sure = len(matches) == 1 or (len(nearest) == 1 and nearest[0].distance <= _THE_NAME)
    return nearest[0].commune if sure else None


def home_communes(home_province: str) -> list[Group]:
    """Return the communes of the home province, each once, under the former district most of it came from."""
    came_from: dict[str, Counter[str]] = defaultdict(Counter)
    for alias in aliases_of(home_province):
        if alias.former_district:
            came_from[alias.commune_code][alias.former_district] += 1
    groups: dict[str | None, list[Commune]] = defaultdict(list)
    for one in communes_of(home_province):
        most = came_from[one.code].most_common(1)
        groups[most[0][0] if most else None].append(one)
    ordered = sorted(groups, key=lambda heading: sort_key_vi(heading or ""))
    return [Group(heading, groups[heading]) for heading in ordered]


def one_for_search(text: str, province_code: str) -> list[Match]:
    """Return the communes of one province that a typed name may mean, the likeliest first, at most 12.

    Today's names and older ones are searched alike: a former district offers its communes, a former
    commune the one of today, with notes where a name is a trap. Spelling counts: exact marks, then
    folded, then the beginning of a word, then what sounds alike.
    """
    if not text.strip() or len(text) > _LONGEST_TEXT or not _is_code(province_code):
        return []
    typed = _Typed(text)
    aliases = aliases_of(province_code)
    found: dict[str, tuple[tuple[int, int, str], Match]] = {}

    def offer(one: Commune, source: int, said: Commune | CommuneAlias, notes: tuple[Any, ...]) -> None:
        rank = (typed.distance(said.name, said.folded), source, one.sort_key)
        if rank[0] < _NO_MATCH and (one.code not in found or rank < found[one.code][0]):
            found[one.code] = (rank, Match(one, said.name, notes, rank[0]))

    communes = {one.code: one for one in communes_of(province_code)}
    for one in communes.values():
        offer(one, _CURRENT, one, _not_the_former(one, aliases, communes))
    for alias in aliases:
        one = communes[alias.commune_code]
        offer(one, _DISTRICT if names.is_district(alias.name) else _FORMER, alias, _notes(alias, one))
    return [match for _rank, match in sorted(found.values(), key=lambda pair: pair[0])][:_MOST_MATCHES]


class _Typed:
    """What a person typed, in the forms that names are compared with."""

    def __init__(self, text: str) -> None:
        self.exact = nfc(" ".join(text.split())).lower()
        self.kind, self.folded = names.split_typed(text)
        self.compact = compact(self.folded)
        self.sound = sound(self.folded)

    def distance(self, name: str, folded: str) -> int:
        """Return 0 for the very name to 4 for one that sounds alike; _NO_MATCH beyond."""
        if self.exact == name.lower() or (not self.kind and self.exact == names.split(name).short.lower()):
            return 0
        if not self.compact:
            return _NO_MATCH
        if self.compact == folded.replace(" ", ""):
            return 1
        if folded.startswith(self.folded):
            return 2
        if f" {self.folded}" in f" {folded}":
            return 3
        return 4 if self.sound == sound(folded) else _NO_MATCH


def _is_code(text: str) -> bool:
    # Codes come from addresses, where anything may stand; PostgreSQL refuses a NUL with an error.
    return text.isascii() and text.isdecimal()


def _notes(alias: CommuneAlias, one: Commune) -> tuple[Any, ...]:
    if names.is_district(alias.name):
        return (_l("Formerly in %(district)s.", district=names.in_sentence(alias.name)),)
    told = {
        "former": alias.name,
        "district": names.in_sentence(alias.former_district or ""),
        "commune": names.in_sentence(one.name),
    }
    notes = [_l("%(former)s (%(district)s) is now in %(commune)s.", **told)]
    if alias.note == ELSEWHERE:
        notes.append(_l("Today's %(name)s is another place.", name=names.split(alias.name).short))
    elif alias.note == ALIKE:
        notes.append(_l("Another place has a name like this. Check the marks."))
    return tuple(notes)


def _not_the_former(one: Commune, aliases: list[CommuneAlias], communes: dict[str, Commune]) -> tuple[Any, ...]:
    return tuple(
        _l(
            "Not the former %(former)s, which is now in %(commune)s.",
            former=names.in_sentence(alias.name),
            commune=names.in_sentence(communes[alias.commune_code].name),
        )
        for alias in aliases
        if alias.note == ELSEWHERE and alias.folded == one.folded and alias.commune_code != one.code
    )
