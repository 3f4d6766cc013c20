"""The sweep: looks at changes that wait and lets the standing rules approve those that fit."""

from products.automatic import queries, services
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.logs import log

AT_ONCE = 50  # changes looked at in one run; the rest is due in the next, which follows at once


def approve_by_rules() -> int:
    """Look at the changes that are due for it; returns how many. Without a rule it asks the database one thing.

    Many are compared at once; each that fits is then decided on in a transaction of its own.
    """
    rules = queries.standing_rules()
    if not rules:
        return 0
    found = queries.due_for_a_look(rules, AT_ONCE)
    fits = queries.fitting(rules, found)
    chosen = [(one.id, one.number, fits[one.id].id) for one in found if one.id in fits]
    others = [(one.id, one.number) for one in found if one.id not in fits]
    if others:
        with writing():
            services.looked(others)
    for key, number, rule in chosen:
        _decide(key, number, rule)
    return len(found)


def _decide(key: int, number: int, rule: int) -> None:
    try:
        with writing():
            services.decide(key, number, rule)
    except DomainError as problem:
        db.session.rollback()
        log.error("rule", revision=key, problem=type(problem).__name__, sentence=str(problem.sentence))


PROMPT = [approve_by_rules]
