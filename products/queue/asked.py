"""The view of the queue that an address asks for, and what comes after some goods in it."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request

from products.models import ProductRevision
from products.queue.pages import Queue
from products.queue.queries import View
from shop.accounts.models import User
from shop.core.forms import stripped

LONGEST_SEARCH = 100  # characters


def asked_for(officer: User, communes: Sequence[str]) -> Queue:
    """Return the view that the address asks for; one that is none, or of another's commune, is 404."""
    asked = request.args
    view, commune = asked.get("view", ""), asked.get("commune", "")
    if (commune and commune not in communes) or view not in set(View):
        abort(404)
    text = stripped(asked.get("q"))[:LONGEST_SEARCH]
    return Queue(officer, communes, View(view), commune, text, asked.get("after"))


def beside(queue: Queue, revision: ProductRevision | None, code: str, *, back: bool = False) -> Any:
    """Return (code, number) of what comes after a revision of these goods, or before it; None: nothing else."""
    if revision is None or revision.submitted_at is None:
        return None
    found = queue.beside((revision.submitted_at, revision.id), back=back)
    return None if found is None or found.code == code else found
