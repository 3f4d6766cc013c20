"""One's own account: name, language, phone, password, signed-in phones."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import limits, passwords, queries, services, sessions
from shop.accounts.access import me, my_roles, session_row
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.devices.words import device_words
from shop.accounts.factor.queries import is_enrolled, recovery_codes_left
from shop.accounts.forms import ChangePasswordForm, CodeForm, EmailForm, PhoneForm, ProfileForm
from shop.accounts.models import WITH_FACTOR, CodePurpose
from shop.accounts.own_words import own_words
from shop.core import languages, page
from shop.core.db import writing
from shop.core.errors import DomainError, Gone, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.networks import shown_network
from shop.core.phones import BadPhone, parse_phone

bp = Blueprint("accounts_own", __name__)
LINK_OVER = _l("This link was used or is too old. Ask for a new one.")
WRONG_PRESENT = _l("The present password is not right.")


def _here() -> Response:
    return redirect(url_for("accounts_own.index"))


@bp.route("/account", methods=["GET", "POST"])
def index() -> Response | str:
    """Show the account; change name and language."""
    person = me()
    form = ProfileForm.of_request(obj=person)
    if form.accepted():
        name, language = form.name.data, form.language.data
        with writing():
            if name != person.name:
                services.rename(person, name)
            person.language = language
        page.say(_("Saved."))
        answer = _here()
        answer.delete_cookie(languages.COOKIE)
        return answer
    row = session_row()
    return render_template(
        "shop/accounts/own/index.html",
        form=form,
        person=person,
        rows=[(one, device_words(one.agent), shown_network(one.address)) for one in queries.sessions_of(person.id)],
        this=row.id if row else None,
        enrolled=is_enrolled(person.id),
        recovery_left=recovery_codes_left(person.id),
        must_have_factor=bool(my_roles() & WITH_FACTOR),
    )


@bp.route("/account/phone", methods=["GET", "POST"])
@needs_proof()
def phone() -> Response | str:
    """Ask for the new number and send it a code."""
    form = PhoneForm.of_request()
    if form.accepted():
        number = form.phone.data or ""
        limits.use("code-to", number)
        with writing():
            services.send_code(number, CodePurpose.PHONE_CHANGE, g.language)
        return render_template("shop/accounts/own/phone_code.html", form=CodeForm(), phone=number)
    return render_template("shop/accounts/own/phone.html", form=form)


@bp.post("/account/phone/code")
@needs_proof()
def phone_code() -> Response | str:
    """Take the new number once its code is right."""
    form, person = CodeForm.of_request(), me()
    try:
        number = parse_phone(request.form.get("phone", ""))
    except BadPhone:
        return redirect(url_for("accounts_own.phone"))
    if form.accepted():
        with writing():
            right = services.check_code(number, CodePurpose.PHONE_CHANGE, form.code.data)
            if right:
                services.change_phone(person, number)
        if right:
            page.say(_("Saved. Sign in with the new number from now on."))
            return _here()
        form.refuse(Invalid("code", services.WRONG_CODE))
    return render_template("shop/accounts/own/phone_code.html", form=form, phone=number)


@bp.route("/account/email", methods=["GET", "POST"])
@needs_proof()
def email() -> Response | str:
    """Ask for the new address and send it a link; the answer is the same whether somebody has it or not."""
    form, key = EmailForm.of_request(), me().id
    sent = form.accepted()
    if sent:
        limits.use("add-email", key)
        with writing():
            services.send_link(form.email.data, CodePurpose.EMAIL_CHANGE, g.language, "/account/email/{token}", key)
    return render_template("shop/accounts/own/email.html", form=form, sent=sent)


@bp.route("/account/email/<token>", methods=["GET", "POST"])
@needs_proof()
def email_link(token: str) -> Response | str:
    """Take the new address; only the person who asked may use the link, and once."""
    person = me()
    address = services.address_of_link(token, CodePurpose.EMAIL_CHANGE, person.id)
    if address is None:
        raise Gone(LINK_OVER)
    if request.method == "GET":
        return render_template("shop/accounts/own/email_link.html", address=address, action=request.path)
    with writing():
        if not services.check_code(address, CodePurpose.EMAIL_CHANGE, token):
            raise Gone(LINK_OVER)
        services.change_email(me(), address)
    page.say(_("Saved. You may sign in with this e-mail from now on."))
    return _here()


@bp.route("/account/password", methods=["GET", "POST"])
@needs_proof()
def password() -> Response | str:
    """Set or change the password; all other sessions end."""
    person, row = me(), session_row()
    form, has_one = ChangePasswordForm.of_request(), person.password_hash is not None
    if form.accepted():
        limits.use("password-change", person.id)
        try:
            if has_one and not passwords.matches(person.password_hash, form.present.data or ""):
                raise Invalid("present", WRONG_PRESENT)
            passwords.check_new(form.password.data, *own_words(person.name, person.email, person.phone))
        except DomainError as problem:
            form.refuse(problem)
        else:
            password_hash, keep = passwords.hashed(form.password.data), row.id if row else None
            with writing():
                services.set_password(person, password_hash, keep)
            page.say(_("Saved. Other phones are signed out."))
            return _here()
    return render_template("shop/accounts/own/password.html", form=form, has_one=has_one)


@bp.post("/account/sessions/<code>/end")
def end_session(code: str) -> Response:
    """Sign another phone out; `all` signs out every phone but this one."""
    person, row = me(), session_row()
    rows = {one.token_digest[:12]: one.id for one in queries.sessions_of(person.id)}
    this, key = (row.id if row else None), person.id
    with writing():
        if code == "all":
            sessions.end(key, but=this)
        elif rows.get(code) not in {None, this}:
            sessions.end(key, rows[code])
    page.say(_("Signed out there."))
    return _here()
