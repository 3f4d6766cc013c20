"""The page that asks once more who it is, and goes back with what was typed."""

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from shop.accounts import limits, passwords, services, sessions
from shop.accounts.access import before_second_factor, me, owes_second_factor, safe_next, session_row
from shop.accounts.confirming import gate
from shop.accounts.confirming.forms import ProofForm
from shop.accounts.confirming.ways import Way, way_of
from shop.accounts.cookies import give_session
from shop.accounts.factor import codes
from shop.accounts.factor import services as factor
from shop.accounts.forms import digits
from shop.accounts.models import CodePurpose, User, UserSession
from shop.core.db import writing
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import event

bp = Blueprint("accounts_confirming", __name__)
WRONG = _l("This is not right, or it was used already. Try once more.")


@bp.route("/confirm", methods=["GET", "POST"])
@before_second_factor
def confirm() -> Response | str:
    """Ask for the proof; once it is right go back, and send again the form that waited."""
    person, row = me(), session_row()
    assert row is not None, "the gate let a signed-in person through"
    strong, back = bool(request.args.get("strong")), safe_next(request.args.get("next"))
    way, form, sent = way_of(person, strong=strong), ProofForm.of_request(), False
    if request.method == "POST" and request.form.get("proof_do") == "send" and way is Way.PHONE:
        form, sent = ProofForm(), _send(person)
    elif form.accepted():
        token = _proved(person, row, way, form.proof.data)
        event("proof", ok=bool(token), how=way.value)
        if token:
            answer = redirect(back, 307 if "proof_kept" in request.form else 302)
            return give_session(answer, token, row.expires_at, shared=row.shared_device)
        form.refuse(Invalid("proof", WRONG))
        sent = True
    return gate.page(form, back, strong=strong, sent=sent)


def _send(person: User) -> bool:
    phone = person.phone or ""
    limits.use("code-to", phone)
    with writing():
        services.send_code(phone, CodePurpose.CONFIRM, g.language)
    return True


def _proved(person: User, row: UserSession, way: Way, typed: str) -> str:
    """Use the proof up and give the session a new id; '' where it is wrong."""
    key, phone, counts = row.id, person.phone or "", way is Way.APP or not owes_second_factor(row)
    limits.use("second-factor" if way is Way.APP else "confirm", person.id)
    code = codes.bare(typed)
    paper = factor.matching(person, code) if way is Way.APP and not code.isdecimal() else None
    if way is Way.NONE or (way is Way.PASSWORD and not passwords.matches(person.password_hash, typed)):
        return ""
    with writing():
        if way is Way.APP:
            right = factor.recover(me(), paper) if paper else factor.prove(me(), code)
        else:
            right = way is Way.PASSWORD or services.check_code(phone, CodePurpose.CONFIRM, digits(typed))
        return sessions.prove(key, second_factor=way is not Way.PASSWORD and counts) if right else ""
