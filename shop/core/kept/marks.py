"""What a view says of its page: that it may be kept, whose stock it shows, what each showing counts."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from flask import g, request
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MARK, ASKED = "shop.kept", "shop.kept_asked"
KEEPING = "shop.keeping"  # set by the door of kept pages, where there is one


class Mark(NamedTuple):
    """What a view says of its page: whose stock it shows (None: perhaps anybody's), and what each showing counts."""

    products: frozenset[int] | None
    route: str
    shown: "Callable[[WSGIEnvironment], None] | None" = None


def keep(answer: Response) -> Response:
    """Let a page be kept until something it shows changes: for answers that are the same for everybody.

    Its view calls `shows()` for the products whose stock it tells. A page that names none is dropped with any change.
    """
    if KEEPING in request.environ:
        shown = g.get("kept_products")
        products = frozenset(shown) if shown else None
        request.environ[MARK] = Mark(products, str(request.url_rule), g.get("kept_counts"))
        # The whole page is drawn and kept, also for somebody who has it: the door itself answers 304.
        request.environ[ASKED] = request.environ.pop("HTTP_IF_NONE_MATCH", None)
    return answer


def shows(product_ids: Iterable[int]) -> None:
    """Note that the page being drawn tells how much there is of these products, and of no others."""
    if "kept_products" not in g:
        g.kept_products = set()
    g.kept_products.update(product_ids)


def counts(shown: "Callable[[WSGIEnvironment], None]") -> None:
    """Note what is to be done each time the page being drawn is shown again out of the kept ones."""
    g.kept_counts = shown
