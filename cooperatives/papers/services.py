"""Verbs on papers: keep a photo, say "not yet", remove, accept, return."""

from sqlalchemy import update

from cooperatives.helping.models import Scope
from cooperatives.helping.queries import helpers_of
from cooperatives.models import Cooperative, MemberRole
from cooperatives.papers.kinds import PAPER_KINDS, offered_to
from cooperatives.papers.lifecycle import LIFECYCLE, PaperState
from cooperatives.papers.models import Paper
from cooperatives.papers.names import CONTENT_TYPE, file_name
from cooperatives.queries import lock, members
from cooperatives.services import needs_answerer, needs_outsider
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.pixels import Master
from shop.core.storage import Storage
from shop.notices.services import tell


def save_file(storage: Storage, master: Master) -> None:
    """Store a decoded photo (never inside writing())."""
    storage.put(file_name(master.digest), master.data, CONTENT_TYPE)


def add(cooperative: Cooperative, kind: str, digest: str | None, actor: User) -> Paper:
    """Keep a stored photo as the seller's paper of this kind, or None for "not yet"; it takes the place of the last.

    NotFound for a kind that this legal shape is not asked for.
    """
    needs_answerer(cooperative, actor)
    if kind not in {one.code for one in offered_to(cooperative.kind)}:
        raise NotFound(_l("This paper is not asked of you."))
    lock(cooperative)
    _end(cooperative, kind)
    state = PaperState.ABSENT if digest is None else PaperState.WAITING
    paper = Paper(cooperative_id=cooperative.id, kind=kind, state=state, digest=digest, added_by_id=actor.id)
    db.session.add(paper)
    db.session.flush()
    record("paper_added" if digest else "paper_not_there_yet", cooperative, actor, paper=paper.code, kind=kind)
    return paper


def remove(cooperative: Cooperative, kind: str, actor: User) -> None:
    """Take the seller's paper of this kind away; the photo is cleared by the sweep. Conflict when there is none."""
    needs_answerer(cooperative, actor)
    lock(cooperative)
    if not _end(cooperative, kind):
        raise Conflict(_l("There is no such paper any more."))
    record("paper_removed", cooperative, actor, kind=kind)


def decide(paper: Paper, officer: User, accept: bool, note: str) -> None:
    """Accept a paper, or return it with words for the seller, who is told. Conflict when it was replaced or decided.

    NotAllowed for an officer who belongs, or ever belonged, to the seller.
    """
    if not accept and not note:
        raise Invalid("note", _l("Say what is missing, so that they can mend it."))
    cooperative = paper.cooperative
    needs_outsider(cooperative, officer)
    lock(cooperative)
    action = "accept" if accept else "return"
    standing = (Paper.id == paper.id) & Paper.removed_at.is_(None) & Paper.state.in_(LIFECYCLE.sources(action))
    values = {"state": LIFECYCLE.moves[action][1], "note": "" if accept else note}
    decided = {"decided_by_id": officer.id, "decided_at": clock.now()}
    if changed(update(Paper).where(standing).values(**values, **decided)) != 1:
        raise Conflict(_l("This paper has changed. Open the page again."))
    record(f"paper_{action}ed", cooperative, officer, paper=paper.code, kind=paper.kind)
    if not accept:
        for one in members(cooperative):
            if one.role is MemberRole.MANAGER:
                _tell_returned(one.user, cooperative, paper, note)
        for helper in helpers_of(cooperative.id, Scope.REPLIES):
            _tell_returned(helper, cooperative, paper, note, helps=True)


def _tell_returned(user: User, cooperative: Cooperative, paper: Paper, note: str, *, helps: bool = False) -> None:
    """Tell one person; who helps several sellers reads whose paper it is, and takes the help up first."""
    with use_language(user.language):
        name = str(PAPER_KINDS[paper.kind].name)
    url = "/helping" if helps else f"/cooperatives/{cooperative.code}/papers/{paper.kind}"
    tell(user, "paper_returned", url, paper=f"{name} ({cooperative.name})" if helps else name, note=note)


def _end(cooperative: Cooperative, kind: str) -> bool:
    standing = (Paper.cooperative_id == cooperative.id) & (Paper.kind == kind) & Paper.removed_at.is_(None)
    return bool(changed(update(Paper).where(standing).values(removed_at=clock.now())))
