"""The sellers an officer or the admin answers for: the list, each one's page, suspension and return."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives import queries as cooperatives
from cooperatives.history.pages import line_of_time
from cooperatives.lessons.queries import of_seller
from cooperatives.models import Cooperative
from cooperatives.standing import queries, readings, services
from cooperatives.standing.forms import SuspensionForm
from cooperatives.words import KIND_NAMES
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.forms import stripped
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number

bp = Blueprint("standing", __name__)
PER_PAGE = 30
LONGEST_SEARCH = 100  # characters


@bp.get("/review/sellers")
@role_required(Role.OFFICER, Role.ADMIN)
def index() -> str:
    """List the sellers one answers for; ?q= looks for a name or commune, ?suspended=1 keeps those off the market."""
    text, suspended = stripped(request.args.get("q"))[:LONGEST_SEARCH], bool(request.args.get("suspended"))
    chosen = queries.narrowed(queries.answered_for(me(), my_roles()), text, suspended=suspended)
    found = Page.of(db.session(), chosen, page_number(request.args), PER_PAGE)
    narrowed: dict[str, Any] = {"q": text or None, "suspended": "1" if suspended else None}

    def address(number: int) -> str:
        return url_for(".index", page=number, **narrowed)

    return render_template(
        "cooperatives/standing/index.html",
        found=found,
        text=text,
        suspended=suspended,
        kinds=KIND_NAMES,
        page_url=address,
    )


@bp.get("/review/sellers/<code>")
@role_required(Role.OFFICER, Role.ADMIN)
def show(code: str) -> str:
    """Show a seller: who they are, whether they may sell, and what became of them."""
    cooperative = _answered_for(code)
    with writing():
        readings.keep(cooperative.id, me(), "contact", "members")
    return _page(cooperative, SuspensionForm())


@bp.post("/review/sellers/<code>/suspension")
@role_required(Role.OFFICER, Role.ADMIN)
def suspension(code: str) -> Response | tuple[str, int]:
    """Take a seller off the market, with the reason its people will read."""
    cooperative, form = _answered_for(code), SuspensionForm.of_request()
    if form.accepted():
        try:
            with writing():
                services.suspend(_answered_for(code), me(), form.note.data)
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Taken off the market. They are told."))
            return redirect(url_for(".show", code=code))
    return _page(cooperative, form), Invalid.status


@bp.post("/review/sellers/<code>/restoration")
@role_required(Role.OFFICER, Role.ADMIN)
def restoration(code: str) -> Response:
    """Bring a seller back, with every product as it was."""
    _answered_for(code)
    with writing():
        services.restore(_answered_for(code), me())
    page.say(_("Back on the market. They are told."))
    return redirect(url_for(".show", code=code))


def _answered_for(code: str) -> Cooperative:
    found: Cooperative = db.one_or_404(queries.one_for(me(), my_roles(), code))
    return found


def _page(cooperative: Cooperative, form: SuspensionForm) -> str:
    def address(number: int) -> str:
        return url_for(".show", code=cooperative.code, page=number)

    return render_template(
        "cooperatives/standing/show.html",
        cooperative=cooperative,
        form=form,
        kinds=KIND_NAMES,
        members=cooperatives.members(cooperative),
        is_own=queries.ever_member(me(), cooperative),
        lessons=of_seller(cooperative.id, current_language()),
        visitor=Role.OFFICER in my_roles(),
        line=line_of_time(cooperative, page_number(request.args)),
        page_url=address,
    )
