"""The public page of periods; the same for everybody."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import page
from shop.privacy.periods.table import PERIODS

SECONDS = 60
bp = Blueprint("privacy_periods", __name__)


@bp.get("/privacy/periods")
@public
def periods() -> Response:
    """Say how long each kind of data is kept."""
    page.cacheable(SECONDS)
    answer = make_response(render_template("shop/privacy/periods.html", periods=PERIODS))
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.add_etag()
    return answer.make_conditional(request)
