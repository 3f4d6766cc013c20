"""Choosing how the keys of the desk work."""

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required, safe_next
from shop.accounts.models import KeyMode, Role
from shop.core import page
from shop.core.db import writing
from shop.core.i18n import gettext as _

bp = Blueprint("accounts_keys", __name__)


@bp.post("/review/keys")
@role_required(Role.OFFICER)
def choice() -> Response:
    """Keep how keys work for this officer, and lead back to where the choice was made."""
    mode = request.form.get("keys", "")
    if mode not in set(KeyMode):
        abort(422)
    with writing():
        me().key_mode = KeyMode(mode)
    page.say(_("Saved."))
    return redirect(safe_next(request.form.get("next")))
