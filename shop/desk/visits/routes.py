"""Field visits: the list, one note, its photos, and writing one."""

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for

from cooperatives.lessons.queries import of_seller
from cooperatives.models import Cooperative
from cooperatives.visits import photos as pictures
from cooperatives.visits import queries as visits
from cooperatives.visits import services
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.headers import HEADERS
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number
from shop.core.pixels import MAX_BYTES
from shop.desk.visits import queries
from shop.desk.visits.forms import MOST_PHOTOS, VisitForm

bp = Blueprint("desk_visits", __name__)
PER_PAGE = 20


@bp.get("/visits")
def index() -> str:
    """Show who needs a visit next, to those who visit, and the visits that were."""
    roles = my_roles()
    found = Page.of(db.session(), visits.visible_to(me(), roles), page_number(request.args), PER_PAGE)

    def page_url(number: int) -> str:
        return url_for(".index", page=number)

    visitor = bool(roles & {Role.HELPER, Role.OFFICER})
    needs = queries.who_needs_one(me(), roles) if visitor else []
    return render_template("shop/desk/visits/index.html", page=found, page_url=page_url, needs=needs, visitor=visitor)


@bp.get("/visits/<code>")
def visit(code: str) -> str:
    """Show one visit."""
    return render_template("shop/desk/visits/visit.html", visit=db.one_or_404(visits.one_for(me(), my_roles(), code)))


@bp.get("/visits/<code>/photos/<int:number>.jpg")
def photo(code: str, number: int) -> Response:
    """Serve a photo of a visit to those who may read it."""
    found = db.one_or_404(visits.one_for(me(), my_roles(), code)).photos
    if not 0 <= number < len(found):
        abort(404)
    try:
        data = current_app.extensions["storage"].get(pictures.file_name(found[number].digest))
    except FileNotFoundError:
        abort(404)
    return Response(data, mimetype=pictures.CONTENT_TYPE)


@bp.route("/visits/sellers/<code>", methods=["GET", "POST"])
@role_required(Role.HELPER, Role.OFFICER)
def write(code: str) -> Response:
    """Write a visit; the place comes only when the visitor taps for it."""
    request.max_content_length = MOST_PHOTOS * MAX_BYTES + 500_000
    chosen = visits.sellers_to_visit(me(), my_roles()).where(Cooperative.code == code)
    seller: Cooperative = db.one_or_404(chosen)
    form = VisitForm.of_request()
    if request.method == "GET":
        form.visited_on.data = today()
        form.place.data = ", ".join(part for part in (seller.hamlet, seller.commune.name) if part)
    if form.accepted():
        try:
            drawn = [pictures.drawn(file.read()) for file in form.files]
            for one in drawn:
                pictures.save(current_app.extensions["storage"], one)
            with writing():
                made = services.write(db.session.execute(chosen).scalar_one(), me(), form.told(), drawn).code
        except DomainError as problem:
            form.refuse(problem if isinstance(problem, Invalid) else Invalid("photos", problem.sentence))
            seller = db.one_or_404(chosen)
        else:
            page.say(_("Saved."))
            return make_response(redirect(url_for(".visit", code=made)))
    progress = of_seller(seller.id, current_language())
    answer = make_response(render_template("shop/desk/visits/write.html", form=form, seller=seller, progress=progress))
    answer.headers["Permissions-Policy"] = HEADERS["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")
    return answer
