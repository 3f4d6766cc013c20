"""A seller's pages of vouchers: make one, see how often it was used, end it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from cooperatives import queries as cooperatives
from cooperatives.models import Cooperative
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import gettext as _
from shop.core.present import origin
from shop.vouchers import queries, services
from shop.vouchers.forms import VoucherForm

bp = Blueprint("vouchers", __name__)

MOST_SHOWN = 100


@bp.get("/my/vouchers")
@role_required(Role.MEMBER)
def index() -> Any:
    """Show the vouchers of the person's cooperatives, the newest first."""
    found = db.session.scalars(queries.of_person(me()).limit(MOST_SHOWN)).all()
    return render_template("shop/vouchers/index.html", vouchers=found, several=len(_sellers()) > 1)


@bp.route("/my/vouchers/new", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def new() -> Any:
    """Make a voucher; who belongs to several cooperatives says of which one."""
    sellers = _sellers()
    form = VoucherForm.of_request(data={"starts_on": today(), "person_most": "1", "kind": "amount"})
    form.seller.choices = [SelectChoice(one.code, one.name) for one in sellers]
    if form.accepted():
        seller = next((one.code for one in sellers if one.code == form.seller.data), sellers[0].code)
        try:
            with writing():
                cooperative = db.one_or_404(cooperatives.one_for(me(), seller))
                code = services.make(form.terms, me(), cooperative).code
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("The voucher %(code)s is made. Tell your buyers.", code=code))
            return redirect(url_for(".voucher", code=code))
    answer = render_template("shop/vouchers/new.html", form=form, several=len(sellers) > 1, today=today())
    return answer, 422 if request.method == "POST" else 200


@bp.get("/my/vouchers/<code>")
@role_required(Role.MEMBER)
def voucher(code: str) -> Any:
    """Show one voucher, what it promises and how often it was used."""
    return _page(code)


@bp.post("/my/vouchers/<code>/end")
@role_required(Role.MEMBER)
def ending(code: str) -> Any:
    """End a voucher before its last day; what was ordered with it keeps it."""
    try:
        with writing():
            services.end(db.one_or_404(queries.one_for(me(), code)), me())
    except Conflict as problem:
        return _page(code, problem), problem.status
    page.say(_("The voucher %(code)s has ended.", code=code))
    return redirect(url_for(".voucher", code=code))


def _sellers() -> list[Cooperative]:
    """Return whose vouchers the person makes; nobody who only helps a seller has any."""
    return list(db.session.scalars(cooperatives.of_person(me()))) or abort(403)


def _page(code: str, problem: DomainError | None = None) -> str:
    found = db.one_or_404(queries.one_for(me(), code))
    urls = {"list": url_for(".index"), "end": url_for(".ending", code=found.code)}
    return render_template(
        "shop/vouchers/voucher.html", voucher=found, problem=problem, urls=urls, market_origin=origin()
    )
