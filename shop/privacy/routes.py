"""One's own data: what I agreed to, my file, my erasure."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import throttle
from shop.accounts.access import me
from shop.accounts.confirming.gate import needs_proof
from shop.core import page
from shop.core.db import writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.present import storage
from shop.privacy import erasing, queries, services
from shop.privacy.models import Ask
from shop.privacy.packing import file_name, streamed
from shop.privacy.purposes import PURPOSES

bp = Blueprint("privacy", __name__)
MOST_AN_HOUR = 10  # downloads of one's file: a link that breaks is tried again, a program is not


def _here() -> Response:
    return redirect(url_for("privacy.index"))


@bp.get("/account/privacy")
def index() -> str:
    """Show consents, the file with one's data, and the way out."""
    key = me().id
    return render_template(
        "shop/privacy/index.html",
        purposes=[(name, one.words, queries.says_yes(key, name)) for name, one in PURPOSES.items()],
        consents=queries.consents(key),
        names=PURPOSES,
        making=queries.open_request(key, Ask.EXPORT),
        ready=queries.ready_export(key),
        leaving=queries.open_request(key, Ask.ERASURE),
        obstacles=list(erasing.obstacles(me())),
    )


@bp.post("/account/privacy/consents")
def consent() -> Response:
    """Say yes to a purpose, or take it back: one button either way."""
    purpose, yes = request.form.get("purpose", ""), request.form.get("answer") == "yes"
    if purpose not in PURPOSES:
        abort(400)
    with writing():
        if yes:
            services.consent(me(), purpose, g.language)
        else:
            services.withdraw(me(), purpose)
    page.say(_("Saved.") if yes else _("Taken back. It does not count from now on."))
    return _here()


@bp.post("/account/privacy/exports")
@needs_proof()
def export() -> Response:
    """Ask for the file with everything kept about oneself."""
    with writing():
        services.ask_export(me())
    page.say(_("We make your file. You are told when it is ready."))
    return _here()


@bp.get("/account/privacy/exports/<code>")
@needs_proof()
def download(code: str) -> Response:
    """Give the file to its person, for a week: what was gathered then, and with it the own files, as they are sent."""
    found = queries.ready_export(me().id, code)
    if found is None:
        abort(404)
    throttle.count(f"export:{me().id}", MOST_AN_HOUR, 3600)
    try:
        data = storage().get(file_name(found.code))
    except FileNotFoundError:
        abort(404)
    answer = Response(streamed(data, storage()), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{found.asked_at:%Y%m%d}.zip"'
    return answer


@bp.post("/account/privacy/erasure")
@needs_proof()
def erasure() -> Response:
    """Ask to be erased in a week."""
    try:
        with writing():
            services.ask_erasure(me())
    except Conflict as problem:
        page.say(problem.sentence, "bad")
        return _here()
    page.say(_("Noted. Your data is erased in 7 days; until then you can call it off here."))
    return _here()


@bp.post("/account/privacy/erasure/cancellation")
def cancellation() -> Response:
    """Call the erasure off."""
    with writing():
        services.cancel_erasure(me())
    page.say(_("Called off. Nothing is erased."))
    return _here()
