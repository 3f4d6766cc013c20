"""Brings the sentences of code and templates into the catalogues of the three languages.

    python -m tests.tools.catalogues

New sentences come in empty (English: as they are), those that nobody says any more go out; `make check` fails
until each has its translation.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("vi", "en", "hi")
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "_n": (1, 2), "_ln": (1, 2)}
BEGAN = datetime(2026, 11, 22, tzinfo=UTC)  # a date of today would change the file each time
HEADER = {
    "project": "Chợ Phiên",
    "version": "1",
    "msgid_bugs_address": "see README.md",
    "last_translator": "see README.md",
    "language_team": "see README.md",
    "creation_date": BEGAN,
    "revision_date": BEGAN,
}
SOURCES = {
    "shop": [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")],  # the stand-ins have own templates
    "products": [("**.py", "python")],
    "cooperatives": [("**.py", "python")],
    "templates": [("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.xml", "jinja2")],
}
OPTIONS = {pattern: {"silent": "false", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"} for pattern in
           ("**.html", "**.txt", "**.xml")}  # fmt: skip


def said() -> Catalog:
    """Collect every sentence that code or a template marks as fit for people."""
    catalogue = Catalog()
    for folder, methods in SOURCES.items():
        rows = extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS)
        for file, line, message, _comments, _context in rows:
            catalogue.add(message, locations=[(f"{folder}/{file}", line)])
    return catalogue


def path_of(language: str) -> Path:
    """Give the place of a language's catalogue."""
    return ROOT / "shop" / "translations" / language / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """Read a language's catalogue; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="messages")


def brought_up_to_date(language: str) -> Catalog:
    """Give the catalogue with exactly the sentences said today."""
    before = kept(language)
    now = Catalog(locale=language, header_comment=f"# What the market says in {language}.", fuzzy=False, **HEADER)
    for message in said():
        if not message.id:
            continue
        known = before.get(message.id[0] if isinstance(message.id, tuple) else message.id)
        now.add(message.id, known.string if known and known.string else english(message.id, language))
    return now


def english(msgid: str | tuple[str, ...], language: str) -> str | tuple[str, ...]:
    """The sentences in the source are the English ones; other languages wait for a translator."""
    return msgid if language == "en" else ""


def main() -> int:
    """Rewrite the three catalogues and say how much waits for a translator."""
    for language in LANGUAGES:
        catalogue, text = brought_up_to_date(language), io.BytesIO()
        write_po(text, catalogue, omit_header=False, sort_output=True, no_location=True, width=120)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(text.getvalue())
        waiting = sum(1 for message in catalogue if message.id and not (message.string and all(message.string)))
        print(f"{language}: {len(catalogue)} sentences, {waiting} without translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
