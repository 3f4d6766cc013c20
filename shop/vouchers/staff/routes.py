"""The admin's pages of the province's vouchers: make one, see how often it was used, end it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import gettext as _
from shop.core.present import origin
from shop.vouchers import queries, services
from shop.vouchers.forms import ProvinceVoucherForm

bp = Blueprint("province_vouchers", __name__)

MOST_SHOWN = 100


@bp.get("/staff/vouchers")
@role_required(Role.ADMIN)
def index() -> Any:
    """Show the province's vouchers, the newest first."""
    found = db.session.scalars(queries.of_province().limit(MOST_SHOWN)).all()
    return render_template("shop/vouchers/staff/index.html", vouchers=found)


@bp.route("/staff/vouchers/new", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def new() -> Any:
    """Make a voucher for every seller, those of some communes, or some sellers."""
    sellers = queries.sellers()
    communes = {one.commune.code: one.commune.name for one in sellers}
    form = ProvinceVoucherForm.of_request(data={"starts_on": today(), "person_most": "1", "kind": "amount"})
    form.offer(sorted(communes.items(), key=lambda one: one[1]), [(one.code, one.name) for one in sellers])
    if form.accepted():
        wanted = {one.id for one in sellers if one.code in (form.sellers.data or [])}
        try:
            with writing():
                code = services.make(form.terms, me(), communes=form.communes.data or [], sellers=wanted).code
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("The voucher %(code)s is made. Tell your buyers.", code=code))
            return redirect(url_for(".voucher", code=code))
    answer = render_template("shop/vouchers/staff/new.html", form=form, today=today())
    return answer, 422 if request.method == "POST" else 200


@bp.get("/staff/vouchers/<code>")
@role_required(Role.ADMIN)
def voucher(code: str) -> Any:
    """Show one voucher of the province."""
    return _page(code)


@bp.post("/staff/vouchers/<code>/end")
@role_required(Role.ADMIN)
def ending(code: str) -> Any:
    """End a voucher of the province before its last day."""
    try:
        with writing():
            services.end(db.one_or_404(queries.of_province_by(code)), me())
    except Conflict as problem:
        return _page(code, problem), problem.status
    page.say(_("The voucher %(code)s has ended.", code=code))
    return redirect(url_for(".voucher", code=code))


def _page(code: str, problem: DomainError | None = None) -> str:
    found = db.one_or_404(queries.of_province_by(code))
    urls = {"list": url_for(".index"), "end": url_for(".ending", code=found.code)}
    return render_template(
        "shop/vouchers/voucher.html", voucher=found, problem=problem, urls=urls, market_origin=origin()
    )
