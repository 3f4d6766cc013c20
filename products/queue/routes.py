"""The officer's queue."""

from flask import Blueprint, abort, render_template, request, url_for

from products.queue.pages import Queue
from products.queue.queries import View
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.accounts.queries import communes_of_officer
from shop.core.forms import stripped

bp = Blueprint("product_queue", __name__)
LONGEST_SEARCH = 100  # characters


@bp.get("/review/products")
@role_required(Role.OFFICER)
def index() -> str:
    """List what waits in the officer's communes, oldest first; ?view=, ?commune= and ?q= narrow it."""
    communes, asked = communes_of_officer(me().id), request.args
    view, commune = asked.get("view", ""), asked.get("commune", "")
    if (commune and commune not in communes) or view not in set(View):
        abort(404)
    text = stripped(asked.get("q"))[:LONGEST_SEARCH]
    queue = Queue(me(), communes, View(view), commune, text, asked.get("after"))
    after = queue.found.next_cursor
    return render_template(
        "products/queue/index.html",
        queue=queue,
        next_url=url_for(".index", after=after, **queue.narrowed()) if after else "",
        first_url=url_for(".index", **queue.narrowed()) if queue.cursor else "",
    )
