"""Setting the code app up, asking for its code at each sign-in, and the codes on paper."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import limits, passwords, sessions
from shop.accounts.access import before_second_factor, me, my_roles, owes_second_factor, safe_next, session_row
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.cookies import give_session
from shop.accounts.factor import codes, queries, services
from shop.accounts.factor.demo import demo_code
from shop.accounts.factor.forms import FactorForm
from shop.accounts.models import WITH_FACTOR, User, UserSession
from shop.core import page
from shop.core.db import writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.logs import event
from shop.core.present import settings
from shop.core.qr import square

bp = Blueprint("accounts_factor", __name__)


def _row() -> UserSession:
    row = session_row()
    assert row is not None, "the gate let a signed-in person through"
    return row


def _next() -> str:
    return safe_next(request.values.get("next"))


@bp.route("/second-factor", methods=["GET", "POST"])
@before_second_factor
def ask() -> Response | str:
    """Ask for the code of the app, or one of the codes on paper, once for each sign-in."""
    person, row = me(), _row()
    if not queries.is_enrolled(person.id):
        return redirect(url_for("accounts_factor.set_up", next=_next()))
    if not owes_second_factor(row):
        return redirect(_next())
    form = FactorForm.of_request()
    if form.accepted():
        limits.use("second-factor", person.id)
        token = _proved(person, row, form.code.data)
        event("second_factor", ok=bool(token))
        if token:
            return give_session(redirect(_next()), token, row.expires_at, shared=row.shared_device)
        form.refuse(Invalid("code", services.WRONG))
    return render_template("shop/accounts/factor/ask.html", form=form, next=_next(), demo_code=demo_code(person))


def _proved(person: User, row: UserSession, code: str) -> str:
    """Use the code up and give the session a new id; '' for a wrong code."""
    key, found = row.id, None if code.isdecimal() else services.matching(person, code)
    with writing():
        right = services.recover(me(), found) if found else services.prove(me(), code)
        return sessions.prove(key, second_factor=True) if right else ""


@bp.route("/second-factor/set-up", methods=["GET", "POST"])
@before_second_factor
@needs_proof()
def set_up() -> Response | str:
    """Show the square for the code app; once its first code is right, the eight codes to write down."""
    person, row = me(), _row()
    if queries.is_enrolled(person.id):
        return redirect(url_for("accounts_factor.ask", next=_next()))
    form = FactorForm.of_request()
    if form.accepted():
        limits.use("second-factor", person.id)
        paper = codes.new_recovery_codes()
        hashes, key = [passwords.hashed(codes.bare(code)) for code in paper], row.id
        with writing():
            right = services.confirm(me(), form.code.data, hashes)
            token = sessions.prove(key, second_factor=True) if right else ""
            if right:
                sessions.end(me().id, but=key)
        if right:
            answer = make_response(_paper(paper))
            return give_session(answer, token, row.expires_at, shared=row.shared_device)
        form.refuse(Invalid("code", services.WRONG))
    with writing():
        secret = services.begin(me())
    person = me()
    address = codes.address_for_app(secret, person.email or person.phone or person.name, settings().market_name)
    return render_template(
        "shop/accounts/factor/set_up.html", form=form, secret=secret, square=square(address), next=_next(),
        must=bool(my_roles() & WITH_FACTOR),
    )  # fmt: skip


def _paper(paper: list[str]) -> str:
    return render_template("shop/accounts/factor/recovery_codes.html", codes=paper, next=_next())


@bp.post("/second-factor/recovery-codes")
@needs_proof(strong=True)
def recovery_codes() -> Response | str:
    """Give eight new codes to write down; the old ones end."""
    paper = codes.new_recovery_codes()
    hashes = [passwords.hashed(codes.bare(code)) for code in paper]
    with writing():
        services.renew_recovery(me(), hashes)
    return _paper(paper)


@bp.post("/second-factor/removal")
@needs_proof(strong=True)
def removal() -> Response:
    """Take one's own code app off, for people whose role does not need it."""
    roles = my_roles()
    with writing():
        services.remove(me(), roles)
    page.say(_("The code app is off."))
    return redirect(url_for("accounts_own.index"))
