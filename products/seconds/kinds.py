"""Telling the database which kinds of goods need two officers, after products/data/risk.json."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from products.risk import SECOND_CATEGORIES, SECOND_SHIP_CLASSES
from products.seconds.models import SecondKind

Named = tuple[str, str]  # "category" or "ship_class", and its code


def wanted() -> set[Named]:
    """Return the kinds that the shipped file names."""
    return {("category", one) for one in SECOND_CATEGORIES} | {("ship_class", one) for one in SECOND_SHIP_CLASSES}


def kept(session: Session | scoped_session[Session]) -> set[Named]:
    """Return the kinds that the database guards."""
    return {(what, code) for what, code in session.execute(select(SecondKind.what, SecondKind.code))}


def load(session: Session | scoped_session[Session]) -> int:
    """Add the kinds that are missing, from now on, and drop those the file no longer names; returns how many."""
    present = kept(session)
    for what, code in sorted(present - wanted()):
        session.execute(delete(SecondKind).where(SecondKind.what == what, SecondKind.code == code))
    session.add_all(SecondKind(what=what, code=code) for what, code in sorted(wanted() - present))
    return len(present ^ wanted())
