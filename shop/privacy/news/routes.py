"""An admin writes news, looks at it in three languages, sends it; a reader ends it with one click."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, public, role_required
from shop.accounts.models import Role, User
from shop.core import page
from shop.core.db import writing
from shop.core.forgery import signed_webhook
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.notices.mail.unsubscribing import code_of
from shop.privacy.news import queries, services
from shop.privacy.news.forms import LANGUAGES, NewsForm

bp = Blueprint("news", __name__)


@bp.route("/staff/news", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def write() -> Response | str | tuple[str, int]:
    """Show the form; a post shows it as it will be read, and with `do=send` sends it."""
    form, preview = NewsForm.of_request(), False
    if form.accepted():
        if request.form.get("do") == "send":
            with writing():
                services.send(me(), str(form.attempt.data), form.words(), str(form.leads_to.data))
            page.say(_("It is on its way, a few letters each minute."))
            return redirect(url_for(".write"))
        preview = True
    asked, by_mail = queries.counted()
    shown = render_template(
        "shop/privacy/news/write.html",
        form=form, preview=preview, languages=LANGUAGES, asked=asked, by_mail=by_mail, letters=queries.newest(),
    )  # fmt: skip
    return (shown, 422) if form.errors else shown


@bp.get("/news/<token>")
@public
def unsubscription(token: str) -> str:
    """Ask once: some programs open every link of a letter, so a look alone ends nothing."""
    reader = _reader(token)
    with use_language(reader.language):
        return render_template("shop/privacy/news/unsubscription.html", token=token, done=False)


@bp.post("/news/<token>")
@signed_webhook
def unsubscribe(token: str) -> str:
    """End news for a letter's reader, from our page or the mail program (RFC 8058): no sign-in, no redirect."""
    reader = _reader(token)
    how = "one click" if request.form.get("List-Unsubscribe") == "One-Click" else "letter"
    with writing():
        services.unsubscribe(reader, how)
    with use_language(reader.language):
        return render_template("shop/privacy/news/unsubscription.html", token=token, done=True)


def _reader(token: str) -> User:
    code = code_of(token)
    return (queries.reader(code) if code else None) or abort(404)
