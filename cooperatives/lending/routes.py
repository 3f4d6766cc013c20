"""Phones and SIM cards: the list, a new one, one that came back, the file for a spreadsheet."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from cooperatives.lending import queries, services
from cooperatives.lending.forms import TERMS, THINGS, HandoverForm
from cooperatives.lending.models import Handover
from cooperatives.models import Cooperative
from cooperatives.teams.models import Programme
from cooperatives.teams.queries import programmes
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.cells import csv_file
from shop.core.days import day_of, today
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number

bp = Blueprint("lending", __name__)
PER_PAGE = 30


@bp.route("/lending", methods=["GET", "POST"])
@role_required(Role.ADMIN, Role.HELPER)
def index() -> Response:
    """Show who has which phone or SIM card and when it was last used; a post notes a new one."""
    roles = my_roles()
    form, sellers = HandoverForm.of_request(), queries.households(me(), roles)
    form.offer(sellers, programmes())
    if request.method == "GET":
        form.handed_on.data = today()
    if form.accepted():
        codes = form.seller.data, form.programme.data
        try:
            with writing() as session:
                seller = session.query(Cooperative).filter_by(code=codes[0]).one()
                programme = session.query(Programme).filter_by(code=codes[1]).one()
                services.hand_over(seller, programme, form.told(), me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return make_response(redirect(url_for(".index")))
    found = Page.of(db.session(), queries.visible_to(me(), roles), page_number(request.args), PER_PAGE)

    def page_url(number: int) -> str:
        return url_for(".index", page=number)

    rows = queries.with_use(found.items)
    shown = {"page": found, "page_url": page_url, "rows": rows, "things": THINGS, "terms": TERMS, "form": form}
    return make_response(render_template("cooperatives/lending/index.html", **shown))


@bp.post("/lending/<code>/return")
@role_required(Role.ADMIN, Role.HELPER)
def taken_back(code: str) -> Response:
    """Note that a lent thing came back."""
    chosen = queries.visible_to(me(), my_roles()).where(Handover.code == code)
    with writing():
        services.take_back(db.one_or_404(chosen), me())
    page.say(_("Saved."))
    return make_response(redirect(url_for(".index")))


@bp.get("/lending.csv")
@role_required(Role.ADMIN, Role.HELPER)
def table() -> Response:
    """Give the list as a file for a spreadsheet."""
    heads = [_("Household or cooperative"), _("Commune"), _("Programme"), _("What"), _("Terms"), _("Day")]
    rows = [[*heads, _("Returned"), _("Last used")]]
    for one, used in queries.with_use(db.session.scalars(queries.visible_to(me(), my_roles()))):
        kinds = [one.programme.name, str(THINGS[one.thing]), str(TERMS[one.terms])]
        days = [one.handed_on, one.returned_on, day_of(used) if used else None]
        written = [day.isoformat() if day else "" for day in days]
        rows.append([one.cooperative.name, one.cooperative.commune.short_name, *kinds, *written])
    answer = Response(csv_file(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=lending.csv"
    return answer
