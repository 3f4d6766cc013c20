"""The seller's page of money: sold, to come, came, by month, also as a file for a spreadsheet."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from cooperatives.models import Cooperative
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core.cells import csv_file
from shop.core.days import today
from shop.core.i18n import gettext as _
from shop.payments.money import queries
from shop.payments.money.chart import HEIGHT, WIDTH, chart_of
from shop.payments.money.queries import Month

bp = Blueprint("money", __name__)


@bp.get("/my/money")
@role_required(Role.MANAGER)
def index() -> str:
    """Say in words where the money is, and show a year month by month."""
    sellers, year = queries.sellers_of(me()), _year()
    seller = _chosen(sellers)
    months = queries.months_of(seller.id, year)
    return render_template(
        "shop/payments/money/index.html",
        sellers=sellers,
        seller=seller,
        year=year,
        years=_years(seller.id, year),
        standing=queries.standing(seller.id),
        months=[month for month in months if not month.is_empty],
        total=_total(months),
        chart=chart_of([month for month in months if month.first <= today()]),
        size=(WIDTH, HEIGHT),
    )


@bp.get("/my/money.csv")
@role_required(Role.MANAGER)
def table() -> Response:
    """Give the months of a year as a file for a spreadsheet, in whole đồng."""
    seller, year = _chosen(queries.sellers_of(me())), _year()
    heads = [_("Seller"), _("Month"), _("Sold"), _("By transfer"), _("In cash"), _("By card"), _("Went back to buyers")]
    heads += [_("Kept by carriers"), _("By the province")]
    rows = [[seller.name, f"{month.first:%Y-%m}", *map(str, month[1:])] for month in queries.months_of(seller.id, year)]
    answer = Response(csv_file([heads, *rows]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=money-{year}.csv"
    return answer


def _chosen(sellers: list[Cooperative]) -> Cooperative:
    """Return the seller that is asked for, or the first; 404 for one whose money the person does not manage."""
    code = request.args.get("seller")
    found = next((one for one in sellers if code in {None, one.code}), None)
    return found if found is not None else abort(404)


def _year() -> int:
    now = today().year
    asked = request.args.get("year", now, type=int)
    return asked if 2000 <= asked <= now else now


def _years(seller_id: int, shown: int) -> list[int]:
    first, now = queries.first_year(seller_id), today().year
    return [year for year in range(now, (first or now) - 1, -1) if year != shown]


def _total(months: list[Month]) -> Month:
    return Month(months[0].first, *(sum(column) for column in zip(*(month[1:] for month in months), strict=True)))
