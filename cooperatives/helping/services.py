"""Verbs on consents: ask, agree, end; and a helper's session that takes one up or puts it down."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from cooperatives import queries as cooperatives
from cooperatives.helping import queries
from cooperatives.helping.models import Consent, ConsentRequest, EndReason, Scope, Way
from cooperatives.helping.scopes import IN_SHORT
from cooperatives.models import Cooperative, MemberRole
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.days import day_of
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.formats import show_date
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.outbox import queue_sms
from shop.core.present import origin, secret
from shop.notices.services import tell

REQUEST_LIFE = timedelta(hours=1)  # the two sit side by side; a code of yesterday is nobody's yes of today
TRIES = 5
LONGEST = 12  # months
WRONG = _l("This code is not right or too old. Check it, or ask again.")


def ask(helper: User, cooperative: Cooperative, scopes: Collection[Scope], months: int) -> ConsentRequest:
    """Send a code to the seller's own phone, with who will be able to do what, how long, and how to stop it.

    An older request of this helper to the seller ends. Raises NotAllowed for one's own cooperative, Conflict where
    no manager has a phone of their own.
    """
    if cooperatives.membership(helper, cooperative) is not None:
        raise NotAllowed(_l("You belong to this cooperative: you need nobody's leave."))
    asked = queries.manager_with_phone(cooperative)
    if asked is None or asked.id == helper.id:
        raise Conflict(_l("Nobody there has a phone of their own to send a code to."))
    db.session.execute(
        update(ConsentRequest)
        .where(
            ConsentRequest.helper_id == helper.id,
            ConsentRequest.cooperative_id == cooperative.id,
            ConsentRequest.closed_at.is_(None),
        )
        .values(closed_at=clock.now())
    )
    code, months = f"{secrets.randbelow(1_000_000):06d}", min(max(months, 1), LONGEST)
    made = ConsentRequest(
        cooperative_id=cooperative.id,
        helper_id=helper.id,
        asked_of_id=asked.id,
        months=months,
        digest="",
        expires_at=clock.now() + REQUEST_LIFE,
        **{scope.value: scope in scopes for scope in Scope},
    )
    db.session.add(made)
    db.session.flush()
    made.digest = _digest(made, code)
    record("help_requested", cooperative, helper, scopes=made.scopes, months=months)
    queue_sms(f"help:{made.code}", asked.phone or "", asked.language, _message(made, code))
    return made


def _message(request: ConsentRequest, code: str) -> str:
    """Write the text with the code; names are cut, so that it never needs more than three parts."""
    with use_language(request.asked_of.language):
        return _(
            "%(code)s is the code for %(helper)s to act for %(seller)s until %(day)s: %(what)s, never money. "
            "Tell it to nobody else. To stop: %(link)s",
            code=code,
            helper=request.helper.name[:24],
            seller=request.cooperative.name[:40],
            day=show_date(day_of(last_moment(request.months))),
            what=", ".join(str(IN_SHORT[scope]) for scope in request.scopes),
            link=f"{origin()}/helped",
        )


def _digest(request: ConsentRequest, code: str) -> str:
    return hmac.new(secret(), f"help:{request.code}:{code}".encode(), hashlib.sha256).hexdigest()


def last_moment(months: int) -> datetime:
    """Return when a consent of so many months, given now, is over."""
    return clock.now() + timedelta(days=round(months * 365 / 12))


def agree(request: ConsentRequest, code: str) -> Consent | None:
    """Turn the right code into a consent; None for a wrong, old or used one. Counts each try.

    Whoever typed it: the code is the word of the manager whose phone it came to.
    """
    waiting = (
        ConsentRequest.id == request.id,
        ConsentRequest.closed_at.is_(None),
        ConsentRequest.expires_at > clock.now(),
        ConsentRequest.tries < TRIES,
    )
    right = update(ConsentRequest).where(*waiting, ConsentRequest.digest == _digest(request, code))
    if changed(right.values(closed_at=clock.now())) != 1:
        db.session.execute(update(ConsentRequest).where(*waiting).values(tries=ConsentRequest.tries + 1))
        return None
    terms = Terms(request.scopes, request.months)
    return give(request.cooperative, request.helper, request.asked_of, terms)


class Spoken(NamedTuple):
    """A yes that was said aloud: the digest and length of its recording, who spoke which text in which language."""

    voice_digest: str
    voice_seconds: int
    spoken_by: str
    spoken_version: int
    spoken_language: str


class Terms(NamedTuple):
    """What was agreed to, for how many months, and in which way: by code, or as it was spoken."""

    scopes: Collection[Scope]
    months: int
    spoken: Spoken | None = None


def give(cooperative: Cooperative, helper: User, giver: User, terms: Terms) -> Consent:
    """Keep a household's yes; one that stands ends for it. Its managers are told who may do what, and how to stop."""
    cooperatives.lock(cooperative)  # an officer who decides on its goods now does so before the consent, or not at all
    before = select(Consent).where(
        Consent.cooperative_id == cooperative.id, Consent.helper_id == helper.id, Consent.ended_at.is_(None)
    )
    for old in db.session.scalars(before):
        _end(old, giver, EndReason.RENEWED)
    made = Consent(
        cooperative_id=cooperative.id,
        helper_id=helper.id,
        given_by_id=giver.id,
        way=Way.RECORDING if terms.spoken else Way.CODE,
        agreed_at=clock.now(),
        valid_until=last_moment(terms.months),
        **{scope.value: scope in terms.scopes for scope in Scope},
        **(terms.spoken._asdict() if terms.spoken else {}),
    )
    db.session.add(made)
    db.session.flush()  # the audit names its code
    until = made.valid_until.isoformat()
    record("consent_given", cooperative, giver, consent=made.code, helper=helper.id, scopes=made.scopes, until=until)
    for one in cooperatives.members(cooperative):
        if one.role is MemberRole.MANAGER:
            tell(one.user, "help_began", "/helped", helper=helper.name, name=cooperative.name)
    return made


def end(consent: Consent, actor: User) -> None:
    """End a consent; what the helper sends next is refused. The helper is told. Raises Conflict when it is over."""
    by_helper = actor.id == consent.helper_id
    if not _end(consent, actor, EndReason.HELPER if by_helper else EndReason.HOUSEHOLD):
        raise Conflict(_l("This help has ended already."))
    if not by_helper:
        tell(consent.helper, "help_ended", "/helping", name=consent.cooperative.name)


def _end(consent: Consent, actor: User, reason: EndReason) -> bool:
    ending = update(Consent).where(Consent.id == consent.id, Consent.ended_at.is_(None))
    values = {"ended_at": clock.now(), "ended_by_id": actor.id, "end_reason": reason}
    if changed(ending.values(**values)) != 1:
        return False
    record("consent_ended", consent.cooperative, actor, ended=consent.code, helper=consent.helper_id, reason=reason)
    return True


def check_scopes(chosen: Collection[str]) -> list[Scope]:
    """Return the parts of the work that were chosen; raises Invalid("scopes") for none or unknown ones."""
    found = [scope for scope in Scope if scope.value in chosen]
    if not found or len(found) != len(set(chosen)):
        raise Invalid("scopes", _l("Choose what you will help with."))
    return found
