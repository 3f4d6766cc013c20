"""needs_proof(): a view that opens only shortly after the person proved who it is."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, session_row
from shop.accounts.confirming import ways
from shop.accounts.confirming.forms import ProofForm
from shop.accounts.factor.demo import demo_code
from shop.accounts.models import UserSession
from shop.core import clock

View = TypeVar("View", bound=Callable[..., Any])
FRESH = timedelta(minutes=10)
UNSAID = {"password", "present", "csrf_token"}  # never written back into a page


def needs_proof(*, strong: bool = False, to_read: bool = True) -> Callable[[View], View]:
    """Open a view only within ten minutes of a proof; `strong`: of a second factor or a code to the own phone.

    Otherwise the person proves it on a page of its own and comes back, what was typed kept. With `to_read` off
    the page itself opens and only sending its form asks.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            row = session_row()
            reading = request.method == "GET" and not to_read
            if row is None or reading or is_fresh(row, strong=strong):
                return view(*args, **kwargs)
            return _challenge(strong)

        guarded.needs_proof = "strong" if strong else "plain"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def is_fresh(row: UserSession, *, strong: bool) -> bool:
    """Say whether the session's last proof is young enough."""
    since = row.second_factor_at if strong else row.confirmed_at
    return since is not None and clock.now() - since <= FRESH


def _challenge(strong: bool) -> Response | str:
    back = request.full_path.rstrip("?")
    if request.method == "GET":
        return redirect(url_for("accounts_confirming.confirm", next=back, strong="1" if strong else None))
    return page(ProofForm(), back, strong=strong, sent=False)


def page(form: ProofForm, back: str, *, strong: bool, sent: bool) -> str:
    """Return the page that asks for the proof, with the fields of the form that waits behind it."""
    person = me()
    behind = request.endpoint != "accounts_confirming.confirm" or "proof_kept" in request.form
    waiting = request.method == "POST" and behind
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in UNSAID | ways.OWN_FIELDS]
    return render_template(
        "shop/accounts/confirming/confirm.html",
        form=form,
        way=ways.way_of(person, strong=strong).value,
        fields=fields if waiting else [],
        waiting=waiting,
        action=url_for("accounts_confirming.confirm", next=back, strong="1" if strong else None),
        sent=sent,
        phone=person.phone,
        demo_code=demo_code(person),
    )
