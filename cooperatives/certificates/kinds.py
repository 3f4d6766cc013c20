"""Kinds of certificates, from certificates/data/kinds.json: their names, stars and badges, and the words they allow."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from shop.core.i18n import current_language

_known = json.loads((Path(__file__).parent / "data" / "kinds.json").read_text(encoding="utf-8"))


class CertificateKind(NamedTuple):
    """One kind; names and badges by language. `years` is how long it usually lasts, 0 where it names no last day."""

    code: str
    names: dict[str, str]
    grades: tuple[int, ...]
    whole: bool
    years: int
    issuer: str
    badges: dict[str, str]
    claims: tuple[str, ...]
    answers: tuple[str, ...]
    unless: tuple[str, ...]  # sentences in which such a word claims nothing

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.names[current_language()]

    def badge(self, grade: int | None) -> str:
        """Return in the reader's language what stands beside the goods; '' where nothing is said to buyers."""
        return self.badges.get(current_language(), "").format(grade=grade or "").strip()


def _kind(row: dict[str, Any]) -> CertificateKind:
    names = {lang: row[lang] for lang in ("vi", "en", "hi")}
    rest = tuple(row["grades"]), row["whole"], row["years"], row["issuer"], row.get("badge", {})
    return CertificateKind(
        row["code"], names, *rest, tuple(row["claims"]), tuple(row["answers"]), tuple(row.get("unless", ()))
    )


KINDS: dict[str, CertificateKind] = {row["code"]: _kind(row) for row in _known["kinds"]}
SHOWN = frozenset(code for code, kind in KINDS.items() if kind.badges)  # those that buyers are told of
