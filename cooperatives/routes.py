"""A seller's own pages: apply, profile, people, bank account."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives import queries, services
from cooperatives.forms import KIND_NAMES, ROLE_NAMES, InvitationForm, ProfileForm
from cooperatives.identity import services as identity
from cooperatives.identity.queries import of_seller
from cooperatives.models import Cooperative, MemberRole
from cooperatives.photos import services as photos
from cooperatives.review.queries import decisions_on
from shop.accounts.access import me
from shop.accounts.confirming.gate import needs_proof
from shop.core import page
from shop.core.db import db, writing
from shop.core.decoding import master_in_child
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.phones import show_phone
from shop.core.pixels import MAX_BYTES, Master
from shop.core.present import settings
from shop.places.queries import communes_of

bp = Blueprint("cooperatives", __name__)


def mine(code: str) -> Cooperative:
    """Return the person's own cooperative with this code; 404 for anybody else's."""
    return db.one_or_404(queries.one_for(me(), code))


def _to(code: str, endpoint: str = "cooperatives.show") -> Response:
    return redirect(url_for(endpoint, code=code))


def _photo(form: ProfileForm) -> Master | None:
    """Decode the photo that came with the form; raises Invalid beside the field."""
    data = form.photo.data.read() if form.photo.data else b""
    if not data:
        return None
    try:
        master = master_in_child(data)
    except DomainError as problem:
        raise Invalid("photo", problem.sentence) from problem
    photos.save_files(current_app.extensions["storage"], master)
    return master


def _allow_photo() -> None:
    request.max_content_length = MAX_BYTES + 500_000


@bp.route("/cooperatives/new", methods=["GET", "POST"])
def new() -> Response | str:
    """Begin to sell: who, where, whom to call. Everything else may wait."""
    _allow_photo()
    form = ProfileForm.of_request()
    form.offer(communes_of(settings().home_province))
    person = me()
    if request.method == "GET":
        form.contact_name.data = person.name
        form.contact_phone.data = show_phone(person.phone) if person.phone else ""
    if form.accepted():
        profile = form.profile()
        try:
            master = _photo(form)
            with writing():
                made = services.apply(profile, person)
                _keep_number(made, form)
                _keep_photo(made, master)
                code = made.code
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved. You may prepare products now, and send the application when it is complete."))
            return _to(code)
    return render_template("cooperatives/form.html", form=form, cooperative=None, kinds=KIND_NAMES)


def _keep_number(cooperative: Cooperative, form: ProfileForm) -> None:
    if form.citizen_number.data:
        identity.keep(cooperative, form.citizen_number.data, me())


def _keep_photo(cooperative: Cooperative, master: Master | None) -> None:
    if master is not None:
        photos.add(cooperative, me(), master)
        services.set_photo(cooperative, master.digest, me())


@bp.route("/cooperatives/<code>/profile", methods=["GET", "POST"])
def profile(code: str) -> Response | str:
    """Change what buyers and the officer read about the seller."""
    _allow_photo()
    cooperative = mine(code)
    form = ProfileForm.of(cooperative)
    form.offer(communes_of(settings().home_province))
    if form.accepted():
        told = form.profile()
        try:
            master = _photo(form)
            with writing():
                again = db.session.execute(queries.one_for(me(), code)).scalar_one()
                services.change(again, told, me())
                _keep_number(again, form)
                _keep_photo(again, master)
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return _to(code)
    kept = of_seller(cooperative)
    return render_template("cooperatives/form.html", form=form, cooperative=cooperative, kinds=KIND_NAMES, kept=kept)


@bp.get("/cooperatives/<code>")
def show(code: str) -> str:
    """Show where the seller stands and what is left to do."""
    cooperative = mine(code)
    return render_template(
        "cooperatives/show.html",
        cooperative=cooperative,
        kinds=KIND_NAMES,
        decisions=decisions_on(cooperative),
        account=queries.bank_account(cooperative),
        manager=_is_manager(cooperative),
    )


def _is_manager(cooperative: Cooperative) -> bool:
    membership = queries.membership(me(), cooperative)
    return membership is not None and membership.role is MemberRole.MANAGER


@bp.post("/cooperatives/<code>/submission")
def submission(code: str) -> Response:
    """Send the application to the officers of the commune."""
    mine(code)
    with writing():
        services.submit(db.session.execute(queries.one_for(me(), code)).scalar_one(), me())
    page.say(_("Sent. An officer of your commune answers, usually within 2 working days."))
    return _to(code)


@bp.get("/cooperatives/<code>/members")
def members(code: str) -> str:
    """Show the people and the open invitations."""
    return _members_page(mine(code), InvitationForm())


def _members_page(cooperative: Cooperative, form: InvitationForm) -> str:
    return render_template(
        "cooperatives/members.html",
        cooperative=cooperative,
        form=form,
        members=queries.members(cooperative),
        invitations=queries.invitations_of(cooperative),
        manager=_is_manager(cooperative),
        roles=ROLE_NAMES,
        me=me(),
    )


@bp.post("/cooperatives/<code>/invitations")
def invitations(code: str) -> Response | str:
    """Invite the owner of a phone number."""
    cooperative, form = mine(code), InvitationForm.of_request()
    if not form.accepted():
        return _members_page(cooperative, form)
    phone, role = form.phone.data or "", MemberRole(form.role.data)
    with writing():
        services.invite(db.session.execute(queries.one_for(me(), code)).scalar_one(), phone, role, me())
    page.say(_("Invited. The person signs in with that number and joins."))
    return _to(code, "cooperatives.members")


@bp.post("/cooperatives/<code>/invitations/<invitation>/withdrawal")
def withdraw_invitation(code: str, invitation: str) -> Response:
    """Take an invitation back."""
    mine(code)
    with writing():
        services.withdraw_invitation(db.session.execute(queries.one_for(me(), code)).scalar_one(), invitation, me())
    page.say(_("The invitation is taken back."))
    return _to(code, "cooperatives.members")


@bp.post("/invitations/<code>/acceptance")
def accept_invitation(code: str) -> Response:
    """Join the cooperative that invited this person's number."""
    with writing():
        invitation = db.one_or_404(queries.invitation_for(me(), code))
        services.accept_invitation(invitation, me())
        joined = invitation.cooperative.code
    page.say(_("You have joined."))
    return _to(joined)


@bp.post("/cooperatives/<code>/members/<member>/departure")
def departure(code: str, member: str) -> Response:
    """Leave, or end another's membership as a manager."""
    cooperative = mine(code)
    person = db.one_or_404(queries.member_by_code(cooperative, member))
    gone = person.user_id
    myself = gone == me().id
    with writing():
        services.leave(db.session.execute(queries.one_for(me(), code)).scalar_one(), gone, me())
    page.say(_("Done. The rights have ended."))
    return redirect(url_for("desk.index")) if myself else _to(code, "cooperatives.members")


@bp.post("/cooperatives/<code>/members/<member>/management")
@needs_proof()
def management(code: str, member: str) -> Response:
    """Make another member a manager too."""
    cooperative = mine(code)
    person = db.one_or_404(queries.member_by_code(cooperative, member)).user_id
    with writing():
        services.hand_over(db.session.execute(queries.one_for(me(), code)).scalar_one(), person, me())
    page.say(_("Saved."))
    return _to(code, "cooperatives.members")
