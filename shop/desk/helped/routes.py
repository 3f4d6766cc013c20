"""Who helps us: the page of a household or cooperative, reached from its own page and from the message."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.helping import queries as helping
from cooperatives.helping import services
from cooperatives.helping.scopes import SCOPE_NAMES
from shop.accounts.access import me
from shop.accounts.forms import CodeForm
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number
from shop.desk.helped import queries

bp = Blueprint("helped", __name__)
PER_PAGE = 30


@bp.get("/helped")
def index() -> str:
    """Show the helpers of the person's cooperatives, what they did, and requests that wait for a code."""
    return _index(CodeForm())


def _index(form: CodeForm) -> str:
    person = me()
    consents = helping.of_member(person)
    found = Page.of(db.session(), queries.deeds(consents), page_number(request.args), PER_PAGE)

    def page_url(number: int) -> str:
        return url_for(".index", page=number)

    return render_template(
        "shop/desk/helped/index.html",
        consents=consents,
        requests=helping.requests_to(person),
        scopes=SCOPE_NAMES,
        form=form,
        page=found,
        deeds=queries.told(found.items),
        page_url=page_url,
    )


@bp.post("/helped/requests/<code>")
def answer(code: str) -> Response | str:
    """Agree by typing the code that came to one's own phone."""
    asked = helping.request_for(me(), code)
    if db.one_or_404(asked).asked_of_id != me().id:
        abort(404)
    form = CodeForm.of_request()
    if form.accepted():
        with writing():
            given = services.agree(db.one_or_404(asked), form.code.data)
            helper = given.helper.name if given else ""
        if helper:
            page.say(_("%(name)s may help you from now on.", name=helper))
            return redirect(url_for("helped.index"))
        form.refuse(Invalid("code", services.WRONG))
    return _index(form)


@bp.post("/helped/consents/<code>/end")
def end(code: str) -> Response:
    """Stop a help; what the helper sends next is refused."""
    with writing():
        consent = db.one_or_404(helping.one_of_member(me(), code))
        services.end(consent, me())
        helper = consent.helper.name
    page.say(_("Stopped. %(name)s can do nothing for you any more.", name=helper))
    return redirect(url_for("helped.index"))
