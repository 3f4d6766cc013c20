"""The door for copying earlier goods into new ones."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from products import queries
from products.copies import services
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import secret_token
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _

bp = Blueprint("product_copies", __name__)


@bp.post("/my/products/<code>/copies")
@role_required(Role.MEMBER)
def copy(code: str) -> Response:
    """Begin new goods as a copy of these; `photos` takes their photos too, `key` makes a second press harmless."""
    if db.session.scalar(queries.one_for(me(), code)) is None:
        abort(404)
    key = request.form.get("key", "")[:64] or secret_token()
    try:
        with writing():
            source = db.session.execute(queries.one_for(me(), code)).scalar_one()
            made = services.copy(source, me(), key, photos="photos" in request.form).code
    except Conflict as problem:
        page.say(problem.sentence, "warn")
        return redirect(url_for("products.index"))
    page.say(_("Copied. Change what is different, then send it."))
    return redirect(url_for("products.edit", code=made))
