"""Sign-in by phone and code, by password, sign-out, language."""

from datetime import timedelta

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from shop.accounts import limits, passwords, queries, services, sessions
from shop.accounts.access import before_second_factor, my_roles_of, public, safe_next, session_row
from shop.accounts.cookies import device_token, give_device, give_session
from shop.accounts.devices import queries as devices
from shop.accounts.devices.services import note
from shop.accounts.factor.queries import is_enrolled
from shop.accounts.forms import CodeForm, NameForm, PasswordForm, PersonForm, PhoneForm
from shop.accounts.logins import parse_login
from shop.accounts.models import CodePurpose, LoginKind, Role, User
from shop.core import clock, languages, page
from shop.core.codes import secret_token
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import known
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import event
from shop.core.networks import network_of
from shop.core.phones import BadPhone, parse_phone

bp = Blueprint("accounts", __name__)
PROOF_SECONDS = 900
WRONG_PASSWORD = "This name and password do not go together. Check both, or ask for a code."  # noqa: S105 - a sentence

TOO_COMMON = _l("Many people use your password. Change it: open your account, then Password.")


def _proofs() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="phone-proof")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Response | str:
    """Ask for a phone number and send it a code; e-mail and password stand below."""
    form = PhoneForm.of_request()
    if form.accepted():
        phone = form.phone.data or ""
        limits.use_each({"code-to": phone, "code-network": network_of(request.remote_addr)})
        with writing():
            services.send_code(phone, CodePurpose.SIGN_IN, g.language)
        return _ask_code(CodeForm(), phone, form.shared.data)
    return render_template(
        "shop/accounts/sign_in.html", form=form, password_form=PasswordForm(), next=request.values.get("next", "")
    )


def _ask_code(form: CodeForm, phone: str, shared: bool) -> str:
    target = request.values.get("next", "")
    return render_template("shop/accounts/code.html", form=form, phone=phone, shared=shared, next=target)


@bp.post("/sign-in/code")
@public
def code() -> Response | str:
    """Check the code, then ask who it is where the phone has none or several people."""
    form = CodeForm.of_request()
    try:
        phone = parse_phone(request.form.get("phone", ""))
    except BadPhone:
        return redirect(url_for("accounts.sign_in"))
    shared = bool(request.form.get("shared"))
    if not form.accepted():
        return _ask_code(form, phone, shared)
    limits.use("code-try-network", network_of(request.remote_addr))
    with writing():
        right = services.check_code(phone, CodePurpose.SIGN_IN, form.code.data)
        people = services.people_on_phone(phone) if right else []
        ids = [person.id for person in people]
    if not right:
        event("sign_in", ok=False, how="code")
        form.refuse(Invalid("code", services.WRONG_CODE))
        return _ask_code(form, phone, shared)
    if len(ids) == 1 and not request.form.get("other"):
        return enter(db.session.get_one(User, ids[0]), shared)
    return ask_who(phone, shared)


def ask_who(phone: str, shared: bool, form: PersonForm | NameForm | None = None, target: str = "") -> str:
    """Ask whoever proved a phone which of its people they are; `target` is where they go then."""
    people = services.people_on_phone(phone)
    if form is None:
        form = PersonForm() if people else NameForm()
    if isinstance(form, PersonForm):
        form.offer(people)
    proof = _proofs().dumps(phone)
    target = target or request.values.get("next", "")
    return render_template(
        "shop/accounts/person.html", form=form, proof=proof, shared=shared, next=target, people=people
    )


@bp.post("/sign-in/person")
@public
def person() -> Response | str:
    """Let a proven phone's owner choose a name of the household, or add one."""
    try:
        phone = _proofs().loads(request.form.get("proof", ""), max_age=PROOF_SECONDS)
    except BadSignature:
        return redirect(url_for("accounts.sign_in"))
    people, shared = services.people_on_phone(phone), bool(request.form.get("shared"))
    form: PersonForm | NameForm = PersonForm.of_request() if people else NameForm.of_request()
    if isinstance(form, PersonForm):
        form.offer(people)
    if not form.validate():
        return ask_who(phone, shared, form)
    if isinstance(form, PersonForm) and form.person.data != "new":
        return enter(next(one for one in people if str(one.id) == form.person.data), shared)
    name = form.name.data
    with writing():
        made = services.sign_up(name, LoginKind.PHONE, phone, g.language).id
    return enter(db.session.get_one(User, made), shared)


@bp.post("/sign-in/password")
@public
def password() -> Response | str:
    """Sign in by e-mail or phone and password; unknown names are answered alike, and take as long."""
    form = PasswordForm.of_request()
    if form.accepted():
        kind, value = parse_login(form.login.data)
        user = queries.by_login(kind, value)
        device = devices.known(user.id, device_token()) if user else None
        limits.sign_in(value, network_of(request.remote_addr), device)
        stored = user.password_hash if user else None
        if passwords.matches(stored, form.password.data) and user:
            fresh = passwords.hashed(form.password.data) if passwords.is_outdated(stored) else None
            if passwords.is_common(form.password.data):
                page.say(TOO_COMMON, "warn")
            return enter(user, form.shared.data, fresh)
        event("sign_in", ok=False, user=user.id if user else None, how="password")
        form.refuse(DomainError(_(WRONG_PASSWORD)))
    target = request.values.get("next", "")
    return render_template("shop/accounts/sign_in.html", form=PhoneForm(), password_form=form, next=target)


def life_for(user: User, shared: bool) -> sessions.Life:
    """Return how long this person's session lives: staff shortest, producers longest on their own phone."""
    roles = my_roles_of(user.id)
    if roles & {Role.OFFICER, Role.ADMIN}:
        return sessions.STAFF
    if shared:
        return sessions.SHARED_PHONE
    return sessions.PRODUCER if roles & {Role.MEMBER, Role.MANAGER, Role.HELPER} else sessions.BUYER


def enter(user: User, shared: bool, fresh_hash: str | None = None, target: str = "") -> Response:
    """Start a session under a new id and set the cookies; `fresh_hash` replaces one made with weaker figures."""
    life, key = life_for(user, shared), user.id
    asks, agent = is_enrolled(key), request.user_agent.string
    browser = "" if shared else device_token() or secret_token()
    with writing():
        person = db.session.get_one(User, key)
        if fresh_hash:
            person.password_hash = fresh_hash
        note(person, browser, agent)
        token = sessions.start(
            person,
            life,
            shared_device=shared,
            agent=agent,
            address=request.remote_addr or "",
            asks_factor=asks,
        )
    event("sign_in", ok=True, user=key)
    answer = redirect(safe_next(target or request.values.get("next")))
    give_session(answer, token, clock.now() + life.at_most, shared=shared)
    return give_device(answer, browser) if browser else answer


@bp.post("/sign-out")
@before_second_factor
def sign_out() -> Response:
    """End this session."""
    row = session_row()
    if row:
        ids = row.user_id, row.id
        event("sign_out", ok=True)
        with writing():
            sessions.end(*ids)
    answer = redirect(url_for("storefront.home"))
    answer.delete_cookie(current_app.extensions["settings"].session_cookie, path="/")
    page.say(_("You are signed out."))
    return answer


@bp.get("/language/<code>")
@public
def language(code: str) -> Response:
    """Remember the language of pages that carry none in their address, and go back."""
    answer = redirect(safe_next(request.args.get("next")))
    settings = current_app.extensions["settings"]
    year = int(timedelta(days=365).total_seconds())
    answer.set_cookie(
        languages.COOKIE, known(code), max_age=year, secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )
    return answer
