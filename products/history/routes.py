"""The history of goods: the line of time, one revision, taking its words again, putting one value back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products import queries as products
from products.comparison import Comparison
from products.history import queries, services
from products.history.pages import told
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision
from products.review import queries as review
from products.routes import mine
from products.views import product_view
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number

bp = Blueprint("product_history", __name__)
PER_PAGE = 30


@dataclass(frozen=True)
class Reader:
    """Who reads: members also see drafts and may take words again, officers see what was sent."""

    is_member: bool

    def history(self, code: str, number: int = 1) -> str:
        """Return the address of a page of the line of time."""
        return url_for(f".{'history' if self.is_member else 'sent'}", code=code, page=number if number > 1 else None)

    def revision(self, code: str, number: int, against: str | None = None) -> str:
        """Return the address of one revision, compared with the one "before" it or with what is "live"."""
        name = "revision" if self.is_member else "sent_revision"
        return url_for(f".{name}", code=code, number=number, against=against)


MEMBER, OFFICER = Reader(True), Reader(False)


@bp.get("/my/products/<code>/history")
@role_required(Role.MEMBER)
def history(code: str) -> str:
    """Tell what became of the goods, newest first."""
    return _history(mine(code), MEMBER)


@bp.get("/review/products/<code>/history")
@role_required(Role.OFFICER)
def sent(code: str) -> str:
    """Tell the officer of the commune what became of the goods; drafts stay their writers' business."""
    return _history(_in_my_commune(code), OFFICER)


@bp.get("/my/products/<code>/history/<int(max=99999):number>")
@role_required(Role.MEMBER)
def revision(code: str, number: int) -> str:
    """Show what one revision said and showed, and what it changed."""
    return _revision(mine(code), number, MEMBER)


@bp.get("/review/products/<code>/history/<int(max=99999):number>")
@role_required(Role.OFFICER)
def sent_revision(code: str, number: int) -> str:
    """Show the officer what one revision said when it was sent."""
    return _revision(_in_my_commune(code), number, OFFICER)


@bp.post("/my/products/<code>/history/<int(max=99999):number>/restoration")
@role_required(Role.MEMBER)
def restoration(code: str, number: int) -> Any:
    """Make a draft of an old revision; where one is open already, first show what it would lose."""
    if queries.numbered(mine(code), number, drafts=True) is None:
        abort(404)
    seen = request.form.get("seen", "")
    try:
        with writing():
            done = services.restore(_locked(code), number, me(), page_number({"page": seen}) if seen else 0)
            missing = done.photos_missing
    except services.DraftStands as problem:
        return _confirmation(mine(code), number, problem)
    except Conflict as problem:
        page.say(problem.sentence, "warn")
        return redirect(MEMBER.history(code))
    page.say(_("The words of version %(number)s are in the draft. Look, then send it.", number=number))
    if missing:
        page.say(ngettext("%(num)s photo is no longer held.", "%(num)s photos are no longer held.", missing), "warn")
    return redirect(url_for("products.edit", code=code))


@bp.post("/my/products/<code>/history/reinstatement")
@role_required(Role.MEMBER)
def reinstatement(code: str) -> Response:
    """Write one kept value into the draft again: `edit` its code, `field`, `value` one of old, new, late."""
    mine(code)
    given = {name: request.form.get(name, "") for name in ("edit", "field", "value")}
    try:
        with writing():
            services.put_back(_locked(code), given["edit"], given["field"], given["value"], me())
    except (Conflict, Invalid) as problem:
        page.say(problem.sentence, "warn")
        return redirect(MEMBER.history(code))
    page.say(_("Put back into the draft."))
    return redirect(MEMBER.history(code))


def _locked(code: str) -> Product:
    return db.session.execute(products.one_for(me(), code)).scalar_one()


def _in_my_commune(code: str) -> Product:
    product: Product = db.one_or_404(review.product_for(me(), code))
    return product


def _history(product: Product, reader: Reader) -> str:
    chosen = queries.line_of_time(product, drafts=reader.is_member)
    found = Page.of(db.session(), chosen, page_number(request.args), PER_PAGE)
    opened = products.open_revision(product)
    writable = opened is not None and opened.state is not RevisionState.SUBMITTED
    writable = writable and product.shelf is not Shelf.WITHDRAWN
    return render_template(
        "products/history/history.html",
        product=product,
        name=_name(product),
        entries=told(product, found.items, putting_back=reader.is_member and writable),
        page=found,
        reader=reader,
        page_url=_page_url(product, reader),
    )


def _page_url(product: Product, reader: Reader) -> Callable[[int], str]:
    return lambda number: reader.history(product.code, number)


def _name(product: Product) -> str:
    shown = product.approved or products.last_revision(product)
    return (shown.name if shown else "") or _("Your draft")


def _revision(product: Product, number: int, reader: Reader) -> str:
    shown = queries.numbered(product, number, drafts=reader.is_member)
    if shown is None:
        abort(404)
    live = product.approved if product.approved_revision_id != shown.id else None
    bases = {"before": queries.before(shown), "live": live}
    asked = request.args.get("against", "before")
    against = asked if bases.get(asked) else next((name for name, base in bases.items() if base), "")
    return render_template(
        "products/history/revision.html",
        product=product,
        shown=shown,
        reader=reader,
        bases=[name for name, base in bases.items() if base],
        against=against,
        compared=_comparison(bases[against], shown) if against else None,
        decision=queries.decisions(product, [number]).get(number),
        names=queries.names(product, [shown.created_by_id, shown.submitted_by_id]),
        view=product_view(shown.id, current_language(), public=False),
        may_restore=reader.is_member
        and shown.state is not RevisionState.DRAFT
        and product.shelf is not Shelf.WITHDRAWN,
    )


def _comparison(base: ProductRevision | None, shown: ProductRevision) -> Comparison:
    assert base is not None
    live = base.product.approved_revision_id == base.id and bool(base.product.skus)
    price = base.product.skus[0].usual if live else base.proposed_price
    return Comparison(base, shown, products.photos_of([base.id, shown.id]), price)


def _confirmation(product: Product, number: int, problem: Conflict) -> Any:
    draft, old = products.open_revision(product), queries.numbered(product, number, drafts=True)
    assert draft is not None
    assert old is not None
    compared = Comparison(draft, old, products.photos_of([draft.id, old.id]), draft.proposed_price)
    return render_template(
        "products/history/restoration.html",
        product=product,
        number=number,
        draft=draft,
        problem=problem,
        compared=compared,
        name=_name(product),
    ), problem.status
