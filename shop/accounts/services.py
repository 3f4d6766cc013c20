"""Verbs on people: codes, sign-up, names, passwords, staff roles."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import func, select, update

from shop.accounts.alerts import alert
from shop.accounts.devices.services import forget
from shop.accounts.models import CodePurpose, LoginKind, LoginName, OneTimeCode, Role, RoleGrant, User
from shop.accounts.queries import by_login
from shop.accounts.sessions import end
from shop.audit.services import record
from shop.core import clock
from shop.core.codes import secret_token
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.outbox import queue_mail, queue_sms
from shop.core.phones import show_phone
from shop.core.present import origin, secret, settings

CODE_LIFE = timedelta(minutes=10)
LINK_LIFE = timedelta(hours=24)
TRIES = 5
WRONG_CODE = _l("This code is not right or too old. Check it, or ask for a new one.")


def send_code(phone: str, purpose: CodePurpose, language: str) -> None:
    """Queue an SMS with a six-digit code that proves an E.164 number; older codes of that purpose end."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = _new_code(purpose, phone, code, CODE_LIFE)
    with use_language(language):
        text = _("%(code)s is your code for %(market)s. Tell it to nobody.", code=code, market=settings().market_name)
    queue_sms(f"code:{row.id}", phone, language, text)


def send_link(email: str, purpose: CodePurpose, language: str, path: str, user_id: int | None = None) -> None:
    """Queue a mail with a one-time link: `path` holds {token}; older links of that purpose end.

    With `user_id` only that person may use it.
    """
    token = secret_token()
    row = _new_code(purpose, email, token, LINK_LIFE)
    row.user_id = user_id
    link = origin() + path.format(token=token)
    with use_language(language):
        subject = _("Your link for %(market)s", market=settings().market_name)
        body = _(
            "Open this link within 24 hours. It works once:\n\n%(link)s\n\nIf you did not ask, do nothing.", link=link
        )
    queue_mail(f"link:{row.id}", email, language, subject, body)


def _new_code(purpose: CodePurpose, address: str, code: str, life: timedelta) -> OneTimeCode:
    db.session.execute(
        update(OneTimeCode)
        .where(OneTimeCode.address == address, OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    row = OneTimeCode(purpose=purpose, address=address, digest=_digest(address, code), expires_at=clock.now() + life)
    db.session.add(row)
    db.session.flush()
    return row


def _digest(address: str, code: str) -> str:
    return hmac.new(secret(), f"{address}:{code}".encode(), hashlib.sha256).hexdigest()


def check_code(address: str, purpose: CodePurpose, code: str) -> bool:
    """Use up the code that was sent to `address`; False for a wrong, old or used one. Counts each try."""
    now = clock.now()
    open_code = (
        OneTimeCode.address == address,
        OneTimeCode.purpose == purpose,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.expires_at > now,
        OneTimeCode.tries < TRIES,
    )
    used = changed(
        update(OneTimeCode).where(*open_code, OneTimeCode.digest == _digest(address, code)).values(used_at=now)
    )
    if used == 1:
        return True
    db.session.execute(update(OneTimeCode).where(*open_code).values(tries=OneTimeCode.tries + 1))
    return False


def address_of_link(token: str, purpose: CodePurpose, user_id: int | None = None) -> str | None:
    """Return the address an open link was sent to, without using it up; `user_id`: whose it must be, if anybody's."""
    rows = db.session.scalars(
        select(OneTimeCode).where(
            OneTimeCode.purpose == purpose,
            OneTimeCode.user_id == user_id if user_id else OneTimeCode.user_id.is_(None),
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > clock.now(),
        )
    )
    return next((row.address for row in rows if hmac.compare_digest(row.digest, _digest(row.address, token))), None)


def sign_up(name: str, kind: LoginKind, value: str, language: str, password_hash: str | None = None) -> User:
    """Make a person who proved `value` (E.164 phone or folded e-mail).

    A second person on a phone gets a numbered name (+84912345678-2); an e-mail is one person's: Conflict.
    """
    taken = _times_taken(kind, value)
    if kind is LoginKind.EMAIL and taken:
        raise Conflict(_l("This e-mail already has an account. Sign in with it."))
    user = User(name=name, language=language, password_hash=password_hash)
    user.phone, user.email = (value, None) if kind is LoginKind.PHONE else (None, value)
    numbered = value if not taken else f"{value}-{taken + 1}"
    user.login_names.append(LoginName(kind=kind, value=numbered))
    db.session.add(user)
    db.session.flush()
    record("signed_up", user, user, kind=kind, personal={"name": name, "login": numbered})
    return user


def _times_taken(kind: LoginKind, value: str) -> int:
    return int(
        db.session.scalar(
            select(func.count(LoginName.id)).where(
                LoginName.kind == kind, (LoginName.value == value) | LoginName.value.like(f"{value}-%")
            )
        )
        or 0
    )


def people_on_phone(phone: str) -> list[User]:
    """Return the household that signs in with this number, oldest account first."""
    return list(
        db.session.scalars(
            select(User)
            .join(LoginName)
            .where(
                LoginName.kind == LoginKind.PHONE,
                (LoginName.value == phone) | LoginName.value.like(f"{phone}-%"),
                User.disabled_at.is_(None),
            )
            .order_by(User.id)
        )
    )


def rename(user: User, name: str) -> None:
    """Give the person another name."""
    record("renamed", user, user, personal={"before": user.name, "after": name})
    user.name = name


def change_phone(user: User, phone: str) -> None:
    """Move the person to a number they proved: contact and login name change together."""
    record("phone_changed", user, user, personal={"before": user.phone, "after": phone})
    if user.phone and user.phone != phone:  # the old number hears it too: its owner may have lost it
        shown = show_phone(phone)
        with use_language(user.language):
            text = _(
                "Your account now signs in with %(phone)s. If that was not you, call the hotline now.", phone=shown
            )
        queue_sms(f"phone_changed:{user.id}:{clock.now():%Y%m%d%H%M%S}", user.phone, user.language, text)
    old = next((login for login in user.login_names if login.kind is LoginKind.PHONE), None)
    taken = _times_taken(LoginKind.PHONE, phone)
    value = phone if not taken else f"{phone}-{taken + 1}"
    if old:
        old.value = value
    else:
        user.login_names.append(LoginName(kind=LoginKind.PHONE, value=value))
    user.phone = phone
    alert(user, "phone_changed", phone=show_phone(phone))


def change_email(user: User, email: str) -> None:
    """Move the person to an address they proved: contact and login name change together.

    Raises Conflict where somebody else signs in with it. The old address hears of it too.
    """
    owner = db.session.scalar(
        select(LoginName.user_id).where(LoginName.kind == LoginKind.EMAIL, LoginName.value == email)
    )
    if owner not in {None, user.id}:
        raise Conflict(_l("This e-mail already has an account. Sign in with it."))
    record("email_changed", user, user, personal={"before": user.email, "after": email})
    if user.email and user.email != email:
        with use_language(user.language):
            subject = _("Your e-mail was changed")
            body = _("Your account now signs in with another e-mail. If that was not you, call the hotline now.")
        queue_mail(f"email_changed:{user.id}:{clock.now():%Y%m%d%H%M%S}", user.email, user.language, subject, body)
    old = next((login for login in user.login_names if login.kind is LoginKind.EMAIL), None)
    if old:
        old.value = email
    else:
        user.login_names.append(LoginName(kind=LoginKind.EMAIL, value=email))
    user.email = email
    alert(user, "email_changed")


def set_password(user: User, password_hash: str, keep_session: int | None = None) -> None:
    """Store a new hash and end every other session of the person."""
    user.password_hash = password_hash
    end(user.id, but=keep_session)
    forget(user.id)
    record("password_set", user, user)
    alert(user, "password_changed")


def make_first_admin(token: str, name: str, email: str, password_hash: str, language: str) -> User:
    """Turn the one-time link of `flask setup` into the first admin; Invalid when the link was used."""
    if not check_code("first-admin", CodePurpose.FIRST_ADMIN, token):
        raise Invalid("name", _l("This link was used or is too old. Run the setup command again for a new one."))
    user = by_login(LoginKind.EMAIL, email) or sign_up(name, LoginKind.EMAIL, email, language, password_hash)
    db.session.add(RoleGrant(user_id=user.id, role=Role.ADMIN, valid_from=clock.now()))
    record("role_granted", user, None, role=Role.ADMIN)
    return user


def first_admin_link() -> str:
    """Return a new one-time address under which the first admin signs up; older ones end."""
    token = secret_token()
    _new_code(CodePurpose.FIRST_ADMIN, "first-admin", token, LINK_LIFE)
    return f"{origin()}/first-admin/{token}"
