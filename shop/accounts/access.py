"""Who is asking, and may they: closed by default, opened by name."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, jsonify, redirect, request, url_for
from flask_login import LoginManager
from werkzeug.wrappers import Response

from shop.accounts import sessions
from shop.accounts.models import WITH_FACTOR, Role, User, UserSession
from shop.audit import acting
from shop.audit.acting import Help
from shop.core import clock, languages
from shop.core.db import writing
from shop.core.errors import NotAllowed
from shop.core.i18n import gettext as _
from shop.core.i18n import known
from shop.core.logs import event

View = TypeVar("View", bound=Callable[..., Any])
RoleSource = Callable[[int], Iterable[Role]]
HelpSource = Callable[[int, int, str], Help | None]
SEEN_EVERY = timedelta(minutes=1)


def public(view: View) -> View:
    """Open a view to everybody; without it a view needs a signed-in person."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: View) -> View:
    """Open a signed-in view also to somebody who has yet to give, or set up, the second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def role_required(*roles: Role) -> Callable[[View], View]:
    """Open a view only to people who hold one of `roles` now; others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            me()
            if not my_roles() & set(roles):
                event("refused", ok=False, route=str(request.endpoint))
                abort(403)
            return view(*args, **kwargs)

        guarded.required_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def init_app(app: Flask, role_sources: list[RoleSource], help_source: HelpSource) -> None:
    """Close every view by default; `role_sources` are the rooms' answers to "which roles has this person?".

    `help_source` tells, by (consent id, person's id, blueprint), what a helper's session opens.
    """
    app.extensions["role_sources"], app.extensions["help_source"] = role_sources, help_source
    manager = LoginManager()
    # Not init_app(): the remember cookie it looks after touches the session, and every page would vary by cookie.
    app.login_manager = manager
    manager.request_loader(lambda _request: maybe_me())
    app.before_request(_close_by_default)
    app.jinja_env.globals.update(
        my_roles=my_roles, maybe_me=maybe_me, helped=helped, opens=opens, work_owner=work_owner
    )


def session_row() -> UserSession | None:
    """Return the live session of this request's cookie, or None. Read once a request."""
    if "session_row" not in g:
        settings = current_app.extensions["settings"]
        token = request.cookies.get(settings.session_cookie, "")
        g.session_row = sessions.live(token) if token else None
    row: UserSession | None = g.session_row
    return row


def maybe_me() -> User | None:
    """Return the signed-in person, or None. Never call it on a page of the public."""
    row = session_row()
    return row.user if row else None


def me() -> User:
    """Return the signed-in person; 401 leads to the sign-in page."""
    person = maybe_me()
    if person is None:
        abort(401)
    return person


def my_roles() -> set[Role]:
    """Return the roles the signed-in person holds now; empty for a visitor."""
    if "roles" not in g:
        person, help_now = maybe_me(), helped()
        if help_now is not None and help_now.stands:  # whoever helps is a helper, whatever else they may be
            g.roles = {Role.BUYER, Role.HELPER, Role.MEMBER}
            return {*g.roles}
        g.roles = my_roles_of(person.id) | {Role.BUYER} if person else set()
    roles: set[Role] = g.roles
    return roles


def my_roles_of(user_id: int) -> set[Role]:
    """Return the roles another person holds now."""
    return {role for source in current_app.extensions["role_sources"] for role in source(user_id)}


def helped() -> Help | None:
    """Return whom the signed-in person helps just now, or None."""
    found: Help | None = g.get("helped")
    return found


def opens(room: str) -> bool:
    """Say whether a seller's room (the name of its blueprint) is open: to a helper, as far as the consent goes."""
    help_now = helped()
    return help_now is None or not help_now.stands or room in help_now.rooms


def work_owner() -> str:
    """Return whose unsent work a phone keeps apart: the person's id, while they help with the consent's code."""
    row, help_now = session_row(), helped()
    if row is None:
        return ""
    return f"{row.user_id}-{help_now.consent}" if help_now else str(row.user_id)


def _close_by_default() -> Response | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or getattr(view, "signed_webhook", False) or request.endpoint == "static":
        return None
    row = session_row()
    spoken_for = request.headers.get("X-Owner")  # a phone says whose work it sends; another may have signed in since
    if row is not None and row.consent_id is not None:
        g.helped = current_app.extensions["help_source"](row.consent_id, row.user_id, request.blueprint or "")
    if row is None or (spoken_for and spoken_for != work_owner()):
        return _to_sign_in()
    g.form_token, g.user_id = row.form_token, row.user_id
    g.language = known(request.cookies.get(languages.COOKIE) or row.user.language)
    if not getattr(view, "before_second_factor", False) and owes_second_factor(row):
        return _to_second_factor()
    if clock.now() - row.seen_at > SEEN_EVERY:
        with writing():
            sessions.mark_seen(row.id)
    _act_for_another()
    return None


def owes_second_factor(row: UserSession) -> bool:
    """Say whether this session has yet to prove a second factor: staff always, others who set one up."""
    return row.second_factor_at is None and (row.asks_factor or bool(my_roles() & WITH_FACTOR))


def _to_second_factor() -> Response:
    if request.method != "GET" or "X-Draft-Key" in request.headers:
        abort(401)
    return redirect(url_for("accounts_factor.ask", next=request.full_path.rstrip("?")))


def safe_next(target: str | None) -> str:
    """Return a path inside this site, or the landing page: nobody is sent away after signing in."""
    parts = urlsplit(target or "")
    inside = (target or "").startswith("/") and not (target or "").startswith(("//", "/\\"))
    return str(target) if inside and not parts.netloc and not parts.scheme else url_for("desk.index")


def _act_for_another() -> None:
    help_now = helped()
    if help_now is None:
        return
    if help_now.shut and not help_now.stands:
        raise NotAllowed(_("%(name)s has ended this help. What is not sent stays on this phone.", name=help_now.seller))
    if help_now.shut:
        raise NotAllowed(_("You were not asked to help with this. Ask %(name)s.", name=help_now.seller))
    if help_now.opens:
        acting.begin(help_now.acting)


def _to_sign_in() -> Response:
    if "X-Draft-Key" in request.headers:  # our script: it keeps what it has and says so
        answer = jsonify(error=_("You were signed out. Sign in again, nothing is lost."))
        answer.status_code = 401
        return answer
    if request.method != "GET":
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
