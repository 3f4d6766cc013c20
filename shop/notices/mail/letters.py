"""A mail as it leaves: plain text, and one column of HTML made of the same words (ux.md 3.14)."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import current_app

from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.present import settings
from shop.notices.mail.unsubscribing import address_of, ending_of

LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


class Letter(NamedTuple):
    """What a mail server is given."""

    subject: str
    text: str
    html: str
    language: str
    unsubscribe: str = ""  # where it may be ended: the address that does


def letter(row: Mapping[str, Any]) -> Letter:
    """Make the letter of a queued mail (a row of OutgoingMail): its one link becomes a button with the bare link below.

    Nothing is fetched by the reader's program: no picture, no style sheet, nothing that tells who opened it.
    """
    with use_language(row["language"]):
        footer, unsubscribe = _footer(), address_of(row.get("event", ""))
        way = ending_of(row.get("event", ""))
        words = str(way.words) if way else ""
        ending = f"{words}: {unsubscribe}" if unsubscribe else ""
        found = LINK.findall(row["body"])
        link = found[-1] if found else ""
        facts = row["facts"] or {}
        paragraphs = _paragraphs(row["body"].replace(link, "") if link else row["body"])
        spoken = paragraphs[1:] if paragraphs and paragraphs[0].endswith(",") else paragraphs  # after the greeting
        html = current_app.jinja_env.get_template("shop/notices/mail/letter.html").render(
            language=row["language"],
            subject=row["subject"],
            preheader=spoken[0] if spoken else "",
            market=settings().market_name,
            paragraphs=paragraphs,
            facts=facts,
            link=link,
            footer=footer,
            unsubscribe=unsubscribe,
            unsubscribe_words=words,
        )
    lines = [f"{label}: {value}" for label, value in facts.items()]
    text = "\n\n".join(part for part in (row["body"].strip(), "\n".join(lines), f"-- \n{footer}", ending) if part)
    return Letter(row["subject"], f"{text}\n", html, row["language"], unsubscribe)


def _paragraphs(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [part for part in parts if part]


def _footer() -> str:
    present = settings()
    who = f"{present.market_name} · {present.operator}" if present.operator else present.market_name
    return f"{who}. " + _("Questions? Call %(number)s.", number=present.hotline) if present.hotline else f"{who}."
