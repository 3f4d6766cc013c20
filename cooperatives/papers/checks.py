"""What `flask verify` proves about papers: each that stands has its file."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from cooperatives.papers.models import Paper
from cooperatives.papers.names import file_name
from shop.core.db import db
from shop.core.present import storage


def standing_papers_have_their_file() -> Iterator[str]:
    """Every paper that was not taken away has its photo in the storage."""
    there = set(storage().list("private/papers/"))
    standing = select(Paper.code, Paper.digest).where(Paper.removed_at.is_(None), Paper.digest.is_not(None))
    for code, digest in db.session.execute(standing):
        if file_name(digest or "") not in there:
            yield f"paper {code}: its photo is gone"


CHECKS: list[Callable[[], Iterable[str]]] = [standing_papers_have_their_file]
