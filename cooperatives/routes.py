"""A seller's own pages: how it stands, story, people."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives import queries, services
from cooperatives.forms import InvitationForm, StoryForm
from cooperatives.models import Cooperative, MemberRole
from cooperatives.photos import services as photos
from cooperatives.requirements.queries import checklist
from cooperatives.words import KIND_NAMES, ROLE_NAMES
from shop.accounts.access import me
from shop.accounts.confirming.gate import needs_proof
from shop.core import page
from shop.core.db import db, writing
from shop.core.decoding import master_in_child
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.pixels import MAX_BYTES, Master

bp = Blueprint("cooperatives", __name__)


def mine(code: str) -> Cooperative:
    """Return the person's own cooperative with this code; 404 for anybody else's."""
    return db.one_or_404(queries.one_for(me(), code))


def _to(code: str, endpoint: str = "cooperatives.show") -> Response:
    return redirect(url_for(endpoint, code=code))


def _photo(form: StoryForm) -> Master | None:
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


def _keep_photo(cooperative: Cooperative, master: Master | None) -> None:
    if master is not None:
        photos.add(cooperative, me(), master)
        services.set_photo(cooperative, master.digest, me())


@bp.route("/cooperatives/<code>/profile", methods=["GET", "POST"])
def profile(code: str) -> Response | str:
    """Change the photo and the story that buyers read."""
    _allow_photo()
    cooperative = mine(code)
    form = StoryForm.of_request(obj=cooperative)
    if form.accepted():
        told = form.told()
        try:
            master = _photo(form)
            with writing():
                again = db.session.execute(queries.one_for(me(), code)).scalar_one()
                services.change(again, told, me())
                _keep_photo(again, master)
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return _to(code)
    return render_template("cooperatives/profile.html", form=form, cooperative=cooperative)


@bp.get("/cooperatives/<code>")
def show(code: str) -> Response | str:
    """Show an admitted seller to its members; who is not admitted yet is led to the list of what is left to do."""
    cooperative = mine(code)
    if cooperative.active_since is None:
        return redirect(url_for("joining.index", code=code))
    return render_template(
        "cooperatives/show.html",
        cooperative=cooperative,
        kinds=KIND_NAMES,
        account=queries.bank_account(cooperative),
        open_lines=[line for line in checklist(cooperative) if not line.is_met],
        manager=_is_manager(cooperative),
    )


def _is_manager(cooperative: Cooperative) -> bool:
    membership = queries.membership(me(), cooperative)
    return membership is not None and membership.role is MemberRole.MANAGER


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
