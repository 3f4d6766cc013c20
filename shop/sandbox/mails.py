"""Mails that were handed over: kept whole, read back with care."""

import re
import sqlite3
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from shop.sandbox.state import State, now

LINK = re.compile(r"https?://[^\s<>\"']+")
CODE = re.compile(r"(?<![\d.,])\d{6}(?![\d.,]*\d)")
AT_MOST = 500  # newest mails and texts that the pages and the JSON show


def keep(state: State, sender: str, recipients: list[str], raw: bytes) -> int:
    """Keep one mail as it was sent; return its number."""
    with state.writing() as db:
        found = db.execute("INSERT INTO mails (at, sender, raw) VALUES (?, ?, ?)", (now(db), sender, raw))
        mail_id = cast(int, found.lastrowid)
        unique = dict.fromkeys(address.lower() for address in recipients)
        db.executemany("INSERT INTO mail_recipients VALUES (?, ?)", [(mail_id, address) for address in unique])
    return mail_id


def newest(state: State, to: str = "") -> list[dict[str, Any]]:
    """Return the newest mails first, those to one address when `to` is given."""
    query = "SELECT * FROM mails WHERE :to = '' OR id IN (SELECT mail_id FROM mail_recipients WHERE address = :to)"
    with state.reading() as db:
        rows = db.execute(f"{query} ORDER BY id DESC LIMIT {AT_MOST}", {"to": to.strip().lower()})
        return [_shown(db, row) for row in rows]


def one(state: State, mail_id: int) -> dict[str, Any] | None:
    """Return one mail, or None."""
    with state.reading() as db:
        row = db.execute("SELECT * FROM mails WHERE id = ?", (mail_id,)).fetchone()
        return _shown(db, row) if row else None


def codes_in(text: str) -> list[str]:
    """Return the one-time codes in a text: six digits that belong to no amount and no link."""
    return list(dict.fromkeys(CODE.findall(LINK.sub(" ", text))))


def _shown(db: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    found = db.execute("SELECT address FROM mail_recipients WHERE mail_id = ? ORDER BY rowid", (row["id"],))
    mail = message_from_bytes(row["raw"], policy=policy.default)
    text, html = _part(mail, "plain"), _part(mail, "html")
    return {
        "id": row["id"],
        "at": row["at"],
        "sender": row["sender"],
        "to": [address for (address,) in found],
        "from": str(mail["From"] or ""),
        "subject": str(mail["Subject"] or ""),
        "headers": [[name, str(value)] for name, value in mail.items()],
        "text": text,
        "html": html,
        "links": list(dict.fromkeys(LINK.findall(text) + LINK.findall(html.replace("&amp;", "&")))),
        "codes": codes_in(text),
        "attachments": [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()],
    }


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):  # a charset nobody knows: show what can be read
        return cast(bytes, body.get_payload(decode=True) or b"").decode("utf-8", "replace")
