"""A member's pages: the list of goods, the form, the preview, sending, the shelf."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives import queries as cooperative_queries
from cooperatives.models import Cooperative
from products import listing, policies, queries, services
from products.catalogue import guess_categories
from products.echo import price_echo
from products.forms import ProductForm
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.pages import Shown, draft_page, preview_page
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import secret_token
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number

bp = Blueprint("products", __name__)
PER_PAGE = 24
SHELF = {"pause": services.pause, "resume": services.resume, "withdraw": services.withdraw}


def mine(code: str) -> Product:
    """Return the product of the person's cooperative with this code; 404 for a stranger's."""
    product: Product = db.one_or_404(queries.one_for(me(), code))
    return product


def wants_json() -> bool:
    """Say whether our own script asks: it sends the draft's key as a header."""
    return "X-Draft-Key" in request.headers


@bp.get("/my/products")
@role_required(Role.MEMBER)
def index() -> str:
    """List the goods of the person's cooperatives by state."""
    counts = listing.counts(me())
    first = next((tab for tab in ("returned", "draft", "submitted") if counts[tab]), "on_sale")
    tab = request.args.get("tab", "on_sale" if counts["on_sale"] else first)
    if tab not in listing.TABS:
        abort(404)
    found = Page.of(db.session(), listing.of_tab(me(), tab), page_number(request.args), PER_PAGE)
    rows = listing.rows(found.items)

    def page_url(number: int) -> str:
        return url_for(".index", tab=tab, page=number)

    return render_template("products/index.html", tab=tab, counts=counts, page=found, rows=rows, page_url=page_url)


@bp.route("/my/products/new", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def new() -> Any:
    """Ask for new goods; a post begins the draft and keeps what was typed."""
    cooperatives = list(db.session.scalars(cooperative_queries.of_person(me())))
    chosen = [one for one in cooperatives if request.args.get("for") in {None, one.code}]
    if len(chosen) != 1:
        return render_template("products/choose.html", cooperatives=cooperatives)
    if request.method == "POST":
        return _create(chosen[0])
    key = secret_token()
    return draft_page(Shown(cooperative=chosen[0]), ProductForm(data={"draft_key": key, "page": key}), owner=me())


def _create(cooperative: Cooperative) -> Any:
    form = ProductForm.of_request()
    key, code = (form.draft_key.data or secret_token())[:64], cooperative.code
    try:
        with writing():
            seller = db.session.execute(cooperative_queries.one_for(me(), code)).scalar_one()
            product = services.create_draft(seller, me(), key)
            code = product.code
            revision = services.editable(product, me(), seen=form.seen, page=form.page_key)
            services.save_draft(revision, form.values(), me(), page=form.page_key)
    except Conflict as problem:
        return _overtaken(code, form, problem)
    return _saved(code, form)


@bp.route("/my/products/<code>/edit", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def edit(code: str) -> Any:
    """Show the form filled from the draft, or from what is live; a post keeps what was typed."""
    product = mine(code)
    if request.method == "POST":
        return _save(code)
    shown = Shown.of(product, me())
    if product.shelf is Shelf.WITHDRAWN or (shown.draft and shown.draft.state is RevisionState.SUBMITTED):
        return redirect(url_for(".preview", code=code))
    form, question = shown.form(), ""
    if "check" in request.args and shown.draft:  # sent from a phone that was offline: say here what is missing
        form.explain(policies.problems(shown.draft, sold_already=shown.sold_already))
        question = "" if form.errors else policies.unusual_price(shown.draft)
        form.price_ok.data = str(shown.draft.proposed_price or "") if question else ""
    return draft_page(shown, form, owner=me(), question=question)


def _save(code: str) -> Any:
    form = ProductForm.of_request()
    try:
        with writing():
            product = db.session.execute(queries.one_for(me(), code)).scalar_one()
            revision = services.editable(product, me(), seen=form.seen, page=form.page_key)
            services.save_draft(revision, form.values(), me(), page=form.page_key)
    except Conflict as problem:
        return _overtaken(code, form, problem)
    return _saved(code, form)


def _overtaken(code: str, form: ProductForm, problem: Conflict) -> Any:
    """Nothing was saved, and nothing typed is lost: the same page again, with the sentence."""
    if wants_json():
        return jsonify(error=str(problem.sentence)), problem.status
    shown = Shown.of(mine(code))
    form.overtake(shown.version, problem)
    return draft_page(shown, form, problem.status, owner=me())


def _saved(code: str, form: ProductForm) -> Any:
    shown = Shown.of(mine(code))
    if wants_json():
        edit_url, photos_url = url_for(".edit", code=code), url_for("product_photos.photos", code=code)
        return jsonify(code=code, edit=edit_url, photos=photos_url, version=shown.version)
    action = request.form.get("do", "save")
    if action in {"next", "send"}:
        return _send(shown, form, action)
    if action in {"photos", "voice"}:
        return redirect(url_for("product_photos.photos" if action == "photos" else "product_voices.voice", code=code))
    page.say(_("The draft is kept."))
    return redirect(url_for(".preview" if action == "preview" else ".edit", code=code))


def _send(shown: Shown, form: ProductForm, action: str) -> Any:
    """Send what is complete; what is not comes back with a sentence at each place, the draft is kept anyway."""
    product, draft = shown.product, shown.draft
    assert product is not None
    assert draft is not None
    form.version.data = str(shown.version)
    missing = policies.problems(draft, sold_already=shown.sold_already)
    if action == "next" and [problem.field for problem in missing] == ["photos"]:
        page.say(_("The text is kept. Now add at least one photo."))
        return redirect(url_for("product_photos.photos", code=product.code))
    form.explain(missing)
    if missing:
        return draft_page(shown, form, 422, owner=me())
    question = policies.unusual_price(draft)
    if question and form.price_ok.data != str(draft.proposed_price):
        form.price_ok.data = str(draft.proposed_price)
        return draft_page(shown, form, 422, owner=me(), question=question)
    try:
        _submit(product.code)
    except DomainError as problem:
        form.refuse(problem)
        return draft_page(Shown.of(mine(product.code)), form, problem.status, owner=me())
    return redirect(url_for(".submission", code=product.code))


def _submit(code: str) -> None:
    with writing():
        services.submit(db.session.execute(queries.one_for(me(), code)).scalar_one(), me())


@bp.get("/my/products/<code>/preview")
@role_required(Role.MEMBER)
def preview(code: str) -> Any:
    """Show the goods as buyers will see them."""
    return preview_page(Shown.of(mine(code), me()))


@bp.route("/my/products/<code>/submission", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def submission(code: str) -> Any:
    """Send the draft to the officers (POST), say what happens next (GET)."""
    product = mine(code)
    if request.method == "GET":
        if policies.is_sent(queries.open_revision(product)):
            return render_template("products/submission.html", product=product)
        return redirect(url_for(".preview", code=code))
    try:
        _submit(code)
    except Invalid as problem:
        shown = Shown.of(mine(code))
        form = shown.form()
        form.explain(policies.problems(shown.source, sold_already=shown.sold_already) if shown.source else [])
        return draft_page(shown, form, problem.status, owner=me())
    except Conflict as problem:
        return preview_page(Shown.of(mine(code)), problem)
    return redirect(url_for(".submission", code=code))


@bp.post("/my/products/<code>/submission/cancellation")
@role_required(Role.MEMBER)
def cancellation(code: str) -> Response:
    """Take the sent revision back into a draft."""
    mine(code)
    with writing():
        services.take_back(db.session.execute(queries.one_for(me(), code)).scalar_one(), me())
    page.say(_("Taken back. Change it, then send it again."))
    return redirect(url_for(".edit", code=code))


@bp.post("/my/products/<code>/shelf")
@role_required(Role.MEMBER)
def shelf(code: str) -> Response:
    """Pause, resume or withdraw goods."""
    mine(code)
    action = request.form.get("action", "")
    if action not in SHELF:
        abort(404)
    with writing():
        SHELF[action](db.session.execute(queries.one_for(me(), code)).scalar_one(), me())
    sentences = {
        "pause": _("Paused. Buyers do not see it."),
        "resume": _("On sale again."),
        "withdraw": _("Withdrawn."),
    }
    page.say(sentences[action])
    return redirect(url_for(".index", tab="paused" if action == "pause" else "on_sale"))


@bp.get("/my/products/reading.json")
@role_required(Role.MEMBER)
def reading() -> Response:
    """Tell the form what it is reading: likely categories for a name, what a price means."""
    asked = request.args
    guessed = [category.code for category in guess_categories(asked.get("name", "")[:200])]
    echo = price_echo(asked.get("price", ""), asked.get("unit", ""), asked.get("pack_amount", ""))
    return jsonify(categories=guessed, echo=echo)
