"""The pages of joining: the list, one page for each task, sending."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives import services as cooperatives
from cooperatives.identity import services as identity
from cooperatives.identity.queries import of_seller
from cooperatives.joining import queries, services
from cooperatives.joining.forms import BeginForm, KindForm, PlaceForm, WhoForm
from cooperatives.lifecycle import Task
from cooperatives.models import Cooperative, Kind, MemberRole
from cooperatives.queries import members, membership, one_for
from cooperatives.review.queries import open_issues
from cooperatives.review.services import mend
from cooperatives.words import KIND_NAMES, TASK_NAMES
from shop.accounts.access import me
from shop.audit import acting
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.forms import Form
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.phones import show_phone
from shop.core.present import settings
from shop.places.queries import communes_of

bp = Blueprint("joining", __name__)


def mine(code: str) -> Cooperative:
    """Return the person's own cooperative with this code; 404 for anybody else's."""
    return db.one_or_404(one_for(me(), code))


def _again(code: str) -> Cooperative:
    return db.session.execute(one_for(me(), code)).scalar_one()


def _shown(cooperative: Cooperative) -> Cooperative | None:
    """What a form shows before somebody types; a choice that was not sent is not one of before."""
    return cooperative if request.method == "GET" else None


def _to(code: str) -> Response:
    return redirect(url_for("joining.index", code=code))


@bp.get("/cooperatives/new")
def new() -> str:
    """Show what will be asked, and where this person stands with it."""
    told = queries.beginning_of(me())
    return render_template("cooperatives/joining/new.html", told=told, names=TASK_NAMES, person=me())


@bp.route("/cooperatives/new/who", methods=["GET", "POST"])
def begin() -> Response | str:
    """Ask for the legal shape and a name."""
    form = BeginForm.of_request(obj=queries.beginning_of(me()))
    if form.accepted():
        with writing():
            services.begin(Kind(form.kind.data), form.name.data, me())
        return redirect(url_for("joining.settle"))
    return render_template("cooperatives/joining/begin.html", form=form)


@bp.route("/cooperatives/new/place", methods=["GET", "POST"])
def settle() -> Response | str:
    """Ask for the place; with it there is a seller, whose goods may be prepared at once."""
    if queries.beginning_of(me()) is None:
        return redirect(url_for("joining.begin"))
    form = PlaceForm.of_request()
    form.offer(communes_of(settings().home_province))
    if form.accepted():
        person = me()
        with writing():
            made = services.settle(form.commune_code.data, form.hamlet.data, person.phone or "", person)
            code = made.code
        page.say(_("Saved. Stop whenever you like; on any phone you go on from here."))
        return _to(code)
    return render_template("cooperatives/joining/place.html", form=form, cooperative=None)


@bp.get("/cooperatives/<code>/joining")
def index(code: str) -> str:
    """Show the six tasks, what the officer wrote, and what happens next."""
    return _list(mine(code))


def _list(cooperative: Cooperative, problem: Invalid | None = None) -> str:
    place, helps = membership(me(), cooperative), acting.of(me().id) is not None
    return render_template(
        "cooperatives/joining/index.html",
        cooperative=cooperative,
        listed=queries.task_list(cooperative),
        names=TASK_NAMES,
        manager=helps or (place is not None and place.role is MemberRole.MANAGER),
        speaker=members(cooperative)[0].user.name if helps else "",
        problem=problem,
        ticked=set(request.form.getlist("ticked")),
    )


@bp.post("/cooperatives/<code>/submission")
def submission(code: str) -> Response | str:
    """Send the application to the officers of the commune, with the sentences that were ticked."""
    cooperative = mine(code)
    try:
        with writing():
            services.send(_again(code), request.form.getlist("ticked"), current_language(), me())
    except Invalid as problem:
        return _list(mine(code), problem)
    page.say(_("Sent. An officer of your commune answers, usually within 2 working days."))
    return _to(cooperative.code)


@bp.route("/cooperatives/<code>/joining/who", methods=["GET", "POST"])
def who(code: str) -> Response | str:
    """Ask for name, contact and the numbers that fit the legal shape."""
    cooperative = mine(code)
    form = WhoForm.of_request(obj=_shown(cooperative))
    form.fit(cooperative.kind)
    if request.method == "GET":
        form.contact_phone.data = show_phone(cooperative.contact_phone) if cooperative.contact_phone else ""

    def keep(again: Cooperative) -> None:
        cooperatives.change(again, form.profile(), me())
        if "citizen_number" in form and form.citizen_number.data:
            identity.keep(again, form.citizen_number.data, me())
        for task in (Task.WHO, Task.PHONE):
            mend(again, task, me())

    shown = {"kept": of_seller(cooperative), "kinds": KIND_NAMES}
    return _page("cooperatives/joining/who.html", Task.WHO, form, cooperative, keep, **shown)


@bp.route("/cooperatives/<code>/joining/kind", methods=["GET", "POST"])
def kind(code: str) -> Response | str:
    """Ask for the legal shape again; the next questions follow it."""
    cooperative = mine(code)
    form = KindForm.of_request(obj=_shown(cooperative))

    def keep(again: Cooperative) -> None:
        services.change_kind(again, Kind(form.kind.data), me())

    return _page("cooperatives/joining/kind.html", Task.WHO, form, cooperative, keep, then="joining.who")


@bp.route("/cooperatives/<code>/joining/place", methods=["GET", "POST"])
def place(code: str) -> Response | str:
    """Ask for commune and hamlet."""
    cooperative = mine(code)
    form = PlaceForm.of_request(obj=_shown(cooperative))
    form.offer(communes_of(settings().home_province))

    def keep(again: Cooperative) -> None:
        cooperatives.change(again, {"commune_code": form.commune_code.data, "hamlet": form.hamlet.data}, me())
        mend(again, Task.PLACE, me())

    return _page("cooperatives/joining/place.html", Task.PLACE, form, cooperative, keep)


def _page(
    template: str, task: Task, form: Form, cooperative: Cooperative, keep: Callable[[Cooperative], None], **shown: Any
) -> Response | str:
    """Answer the page of one task: show its form, or keep what was told and go on to `then`."""
    code, then = cooperative.code, shown.pop("then", "joining.index")
    if form.accepted():
        try:
            with writing():
                keep(_again(code))
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return redirect(url_for(then, code=code))
    issue, fixed = open_issues(cooperative).get(task), cooperative.active_since is not None
    return render_template(template, form=form, cooperative=cooperative, issue=issue, fixed=fixed, **shown)
