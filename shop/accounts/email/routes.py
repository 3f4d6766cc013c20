"""Sign-up by e-mail, a forgotten password, and the first admin's link."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import limits, passwords, queries, services
from shop.accounts.access import public
from shop.accounts.forms import EmailForm, FirstAdminForm, NewAccountForm, NewPasswordForm
from shop.accounts.models import CodePurpose, LoginKind
from shop.accounts.own_words import own_words
from shop.core import page
from shop.core.db import writing
from shop.core.errors import DomainError, Gone
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.networks import network_of

bp = Blueprint("accounts_email", __name__)
LINK_OVER = _l("This link was used or is too old. Ask for a new one.")


def _send(purpose: CodePurpose, path: str) -> Response | str:
    """Send a link to the address in the form; the answer is the same whether it has an account or not."""
    form = EmailForm.of_request()
    sent = form.accepted()
    if sent:
        limits.use_each({"link-to": form.email.data, "link-network": network_of(request.remote_addr)})
        with writing():
            services.send_link(form.email.data, purpose, g.language, path)
    return render_template("shop/accounts/email/ask.html", form=form, sent=sent, purpose=purpose.value)


@bp.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> Response | str:
    """Ask for an e-mail address and send it a link to sign up."""
    return _send(CodePurpose.SIGN_IN, "/sign-up/{token}")


@bp.route("/reset", methods=["GET", "POST"])
@public
def reset() -> Response | str:
    """Ask for an e-mail address and send it a link to a new password."""
    return _send(CodePurpose.RESET, "/reset/{token}")


@bp.route("/sign-up/<token>", methods=["GET", "POST"])
@public
def new_account(token: str) -> Response | str:
    """Make the account behind a link: name and password. Where the address has one, the password is set anew."""
    email = services.address_of_link(token, CodePurpose.SIGN_IN)
    if email is None:
        raise Gone(LINK_OVER)
    form = NewAccountForm.of_request()
    if form.accepted():
        try:
            passwords.check_new(form.password.data, *own_words(email, form.name.data))
        except DomainError as problem:
            form.refuse(problem)
        else:
            return _finish(token, CodePurpose.SIGN_IN, email, passwords.hashed(form.password.data), form.name.data)
    return render_template("shop/accounts/email/new_account.html", form=form, email=email, action=request.path)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> Response | str:
    """Set a new password behind a link; every session of the person ends."""
    email = services.address_of_link(token, CodePurpose.RESET)
    if email is None:
        raise Gone(LINK_OVER)
    form = NewPasswordForm.of_request()
    if form.accepted():
        try:
            passwords.check_new(form.password.data, *_words_behind(email))
        except DomainError as problem:
            form.refuse(problem)
        else:
            return _finish(token, CodePurpose.RESET, email, passwords.hashed(form.password.data), None)
    return render_template("shop/accounts/email/new_account.html", form=form, email=email, action=request.path)


def _words_behind(email: str) -> list[str]:
    """Return the words that the owner of an address shall not take as a password."""
    user = queries.by_login(LoginKind.EMAIL, email)
    return own_words(email, *((user.name, user.phone) if user else ()))


def _finish(token: str, purpose: CodePurpose, email: str, password_hash: str, name: str | None) -> Response:
    with writing():
        if not services.check_code(email, purpose, token):
            raise Gone(LINK_OVER)
        user = queries.by_login(LoginKind.EMAIL, email)
        if user:
            services.set_password(user, password_hash)
        elif name:
            services.sign_up(name, LoginKind.EMAIL, email, g.language, password_hash)
    page.say(_("Saved. Now sign in with your e-mail and the new password."))
    return redirect(url_for("accounts.sign_in"))


@bp.route("/first-admin/<token>", methods=["GET", "POST"])
@public
def first_admin(token: str) -> Response | str:
    """Let the holder of the set-up link become the market's first admin."""
    if services.address_of_link(token, CodePurpose.FIRST_ADMIN) is None:
        raise Gone(LINK_OVER)
    form = FirstAdminForm.of_request()
    if form.accepted():
        name, email = form.name.data, form.email.data
        try:
            passwords.check_new(form.password.data, *own_words(email, name))
            password_hash = passwords.hashed(form.password.data)
            with writing():
                services.make_first_admin(token, name, email, password_hash, g.language)
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("You answer for this market now. Sign in with your e-mail."))
            return redirect(url_for("accounts.sign_in", next=url_for("accounts_staff.index")))
    return render_template("shop/accounts/email/new_account.html", form=form, email=None, action=request.path)
