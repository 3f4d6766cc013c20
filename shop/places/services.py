"""Bringing the tables of places up to the shipped facts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, inspect, select, update
from sqlalchemy.orm import Session, scoped_session

from shop.core.db import Model
from shop.places import facts
from shop.places.models import Commune, CommuneAlias, Province

_OLD_NAME = ("commune_code", "name", "former_district")


def load(session: Session | scoped_session[Session]) -> int:
    """Insert what is missing, update what changed; returns the number of rows touched, 0 when all is well.

    Provinces and communes are never deleted, for addresses and orders point at them; older names that
    the facts no longer hold are, for nothing does.
    """
    touched = _refresh(session, Province, facts.provinces(), ("code",))
    touched += _refresh(session, Commune, facts.communes(), ("code",))
    wanted = facts.aliases()
    touched += _refresh(session, CommuneAlias, wanted, _OLD_NAME)
    return touched + _forget(session, {_key(row, _OLD_NAME) for row in wanted})


def _refresh(
    session: Session | scoped_session[Session],
    model: type[Model],
    wanted: Sequence[facts.Row],
    key: tuple[str, ...],
) -> int:
    columns = list(wanted[0])
    identity = [str(column.key) for column in inspect(model).primary_key]
    present = {
        _key(row, key): dict(row)
        for row in session.execute(select(*(getattr(model, name) for name in {*columns, *identity}))).mappings()
    }
    missing, changed = [], []
    for row in wanted:
        kept = present.get(_key(row, key))
        if kept is None:
            missing.append(row)
        elif any(kept[name] != row[name] for name in columns):
            changed.append({**{name: kept[name] for name in identity}, **row})
    if missing:
        session.execute(insert(model), missing)
    if changed:
        session.execute(update(model), changed)
    return len(missing) + len(changed)


def _forget(session: Session | scoped_session[Session], wanted: set[tuple[Any, ...]]) -> int:
    rows = session.execute(select(CommuneAlias.id, *(getattr(CommuneAlias, name) for name in _OLD_NAME))).mappings()
    gone = [row["id"] for row in rows if _key(row, _OLD_NAME) not in wanted]
    if gone:
        session.execute(delete(CommuneAlias).where(CommuneAlias.id.in_(gone)))
    return len(gone)


def _key(row: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)
