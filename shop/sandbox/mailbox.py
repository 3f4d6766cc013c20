"""The mailbox: every mail the shop sent, for people to read and for tests to ask."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from shop.sandbox import mails
from shop.sandbox.context import sandbox

bp = Blueprint("mailbox", __name__)
# A mail may bring its own look, and nothing else: no script, no form, no picture from outside.
MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


@bp.get("/mailbox")
def index() -> str:
    to = request.args.get("to", "")
    return render_template("sandbox/mailbox.html", mails=mails.newest(sandbox().state, to), to=to)


@bp.get("/mailbox.json")
def as_json() -> list[dict[str, object]]:
    return mails.newest(sandbox().state, request.args.get("to", ""))


@bp.get("/mailbox/<int:mail_id>")
def show(mail_id: int) -> str:
    mail = mails.one(sandbox().state, mail_id) or abort(404)
    return render_template("sandbox/mail.html", mail=mail)


@bp.get("/mailbox/<int:mail_id>/html")
def html(mail_id: int) -> Response:
    mail = mails.one(sandbox().state, mail_id) or abort(404)
    response = make_response(mail["html"])
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


@bp.post("/mailbox/emptying")
def empty() -> Redirect:
    with sandbox().state.writing() as db:
        db.execute("DELETE FROM mails")
    return redirect(url_for(".index"), 303)
