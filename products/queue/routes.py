"""The officer's queue, and keeping or letting go what he works on."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.automatic.counts import lately
from products.queue import queries, services
from products.queue.asked import asked_for, beside
from products.queue.queries import View
from products.review import queries as review
from products.review.undoing import undoable
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.accounts.queries import answered_communes, communes_of_officer
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import gettext as _

bp = Blueprint("product_queue", __name__)


@bp.get("/review/products")
@role_required(Role.OFFICER)
def index() -> str:
    """List what waits in the officer's communes, oldest first; ?view=, ?commune= and ?q= narrow it."""
    undo = undoable(me())
    answered = answered_communes(me().id)
    queue = asked_for(me(), [one.commune for one in answered])
    after = queue.found.next_cursor
    return render_template(
        "products/queue/index.html",
        queue=queue,
        key_mode=me().key_mode,
        undoable=undo,
        by_rules=lately(queue.communes) if queue.view is View.EDITS else 0,
        stands_in=sorted({(one.stands_in_for, one.until) for one in answered if one.until}),
        next_url=url_for(".index", after=after, **queue.narrowed()) if after else "",
        first_url=url_for(".index", **queue.narrowed()) if queue.cursor else "",
    )


@bp.get("/review/products/<code>/<int(max=99999):number>/next")
@role_required(Role.OFFICER)
def step(code: str, number: int) -> Response:
    """Lead to what comes after these goods in the view they were opened from (?back=1: before), or to the view."""
    queue = asked_for(me(), communes_of_officer(me().id))
    product = db.one_or_404(review.product_for(me(), code))
    found = beside(queue, review.as_sent(product, number), code, back="back" in request.args)
    if found is None:
        return redirect(url_for(".index", **queue.narrowed()))
    return redirect(url_for("product_review.decision", code=found.code, number=found.number, **queue.narrowed()))


@bp.post("/review/products/<code>/<int(max=99999):number>/claim")
@role_required(Role.OFFICER)
def claim(code: str, number: int) -> Response:
    """Keep what the officer works on for another while, or let it go for the others."""
    row = queries.one(communes_of_officer(me().id), code, number)
    if row is None:
        abort(404)
    key = row.revision_id
    with writing():
        if request.form.get("claim") == "keep":
            services.renew(key, number, me())
            return redirect(url_for("product_review.decision", code=code, number=number))
        services.let_go(key, me())
    page.say(_("Others may take it now."))
    return redirect(url_for(".index"))
