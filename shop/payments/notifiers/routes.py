"""The page that connects a notifier, and the address it calls."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.models import Cooperative
from cooperatives.queries import bank_account, one_for
from cooperatives.routes import mine
from shop.accounts.access import me, role_required
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.forgery import signed_webhook
from shop.core.i18n import gettext as _
from shop.core.logs import log
from shop.core.present import origin
from shop.core.seal import unseal
from shop.payments.notifiers import queries, services
from shop.payments.notifiers.base import NotProven, NotRead
from shop.payments.notifiers.forms import NotifierForm
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.notifiers.registry import NOTIFIERS

bp = Blueprint("notifiers", __name__)


@bp.route("/cooperatives/<code>/notifiers")
@role_required(Role.MANAGER)
def index(code: str) -> str:
    """Show which notifiers are connected, and how to connect one."""
    return _page(mine(code))


@bp.post("/cooperatives/<code>/notifiers/<kind>")
@role_required(Role.MANAGER)
@needs_proof(strong=True)
def connect(code: str, kind: str) -> Any:
    """Connect a notifier by its secret, or end it where the button says so."""
    cooperative, chosen = mine(code), _kind(kind)
    form = NotifierForm.of_request()
    if "end" in request.form:
        with writing():
            services.end(_again(code), chosen, me())
        page.say(_("%(name)s is disconnected.", name=NOTIFIERS[chosen].name))
        return redirect(url_for(".index", code=code))
    if form.accepted():
        with writing():
            services.connect(_again(code), chosen, str(form.secret.data), me())
        page.say(_("Connected. Now send a test from %(name)s.", name=NOTIFIERS[chosen].name))
        return redirect(url_for(".index", code=code))
    return _page(cooperative, chosen, form), 422


@bp.post("/webhooks/bank/<code>")
@signed_webhook
def webhook(code: str) -> Response | tuple[Response, int]:
    """Take what a notifier tells: proven by its signature over the raw body, kept once, matched in the same step."""
    notifier = queries.by_code(code)
    if notifier is None:
        return _answer("unknown", 404)
    kind = NOTIFIERS[notifier.kind]
    try:
        told = kind.read(kind.proven(request.get_data(), dict(request.headers), unseal(notifier.secret)))
    except NotProven as problem:
        log.warning("notifier_refused", notifier=code, problem=str(problem))
        return _answer("not proven", 401)
    except NotRead as problem:
        log.error("notifier_not_read", notifier=code, problem=str(problem))
        return _answer("not read", 422)
    with writing():
        services.take(db.session.get_one(BankNotifier, notifier.id), told)
    return _answer("", 200)


def _page(cooperative: Cooperative, wrong: NotifierKind | None = None, form: NotifierForm | None = None) -> str:
    forms = {kind: form if form is not None and kind is wrong else NotifierForm() for kind in NOTIFIERS}
    for kind, one in forms.items():
        one.secret.id = f"{kind.value}-secret"
    return render_template(
        "shop/payments/notifiers/index.html",
        cooperative=cooperative,
        account=bank_account(cooperative),
        connected={one.kind: one for one in queries.of(cooperative)},
        kinds=NOTIFIERS,
        forms=forms,
        wrong=wrong,
        webhook_of=_address,
    )


def _answer(problem: str, status: int) -> tuple[Response, int]:
    return jsonify(success=not problem, **({"message": problem} if problem else {})), status


def _address(notifier: BankNotifier) -> str:
    return f"{origin()}/webhooks/bank/{notifier.code}"


def _kind(name: str) -> NotifierKind:
    try:
        return NotifierKind(name)
    except ValueError:
        abort(404)


def _again(code: str) -> Any:
    return db.session.execute(one_for(me(), code)).scalar_one()
