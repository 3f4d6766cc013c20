"""Verbs for households without a phone: begin with a spoken consent, agree again, be heard, take the account over."""

from dataclasses import dataclass

from cooperatives.helping.models import Consent, Scope
from cooperatives.helping.services import Spoken, Terms, give
from cooperatives.households import queries
from cooperatives.households.sentences import VERSION
from cooperatives.models import Cooperative, Kind, MemberRole, Membership
from shop.accounts.models import CodePurpose, User
from shop.accounts.queries import officers_of_commune
from shop.accounts.services import change_phone, check_code, send_code
from shop.audit import acting
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.sound.notes import Note
from shop.core.storage import Storage
from shop.core.text import slugify
from shop.notices.services import tell

CONTENT_TYPE = "audio/webm"


@dataclass(frozen=True)
class Household:
    """The name buyers see, who speaks for it, its commune as five digits, whom buyers call (E.164)."""

    name: str
    person: str
    commune_code: str
    hamlet: str
    phone: str
    language: str


def file_name(digest: str) -> str:
    """Return where the file of a spoken consent lies; there is no public name."""
    return f"private/consents/{digest[:2]}/{digest}.webm"


def save_file(storage: Storage, note: Note) -> None:
    """Store the recording (never inside writing())."""
    if not storage.exists(file_name(note.digest)):
        storage.put(file_name(note.digest), note.data, CONTENT_TYPE)


def begin(helper: User, told: Household, note: Note, months: int) -> Consent:
    """Begin a household that agreed aloud and send its application to the officers, who hear the recording first.

    Its person has no name to sign in with until they have a phone. Raises NotAllowed outside the team's communes.
    """
    if told.commune_code not in {one.code for one in queries.communes_near(helper)}:
        raise NotAllowed(_l("Your team does not help in this commune."))
    person = User(name=told.person, language=told.language)
    seller = Cooperative(
        name=told.name,
        slug=slugify(told.name),
        kind=Kind.HOUSEHOLD,
        commune_code=told.commune_code,
        hamlet=told.hamlet,
        contact_name=told.person,
        contact_phone=told.phone,
        submitted_at=clock.now(),
    )
    db.session.add_all([person, seller])
    db.session.flush()
    db.session.add(Membership(cooperative_id=seller.id, user_id=person.id, role=MemberRole.MANAGER))
    db.session.flush()
    consent = give(seller, helper, person, _terms(told.person, told.language, note, months))
    with acting.during(acting.Acting(helper.id, person.id, seller.id, consent.id, consent.code)):
        record("cooperative_begun", seller, helper, kind=seller.kind, commune=seller.commune_code)
        seller.move("submit")
        record("cooperative_submitted", seller, helper)
    for officer in officers_of_commune(seller.commune_code):
        tell(officer, "cooperative_submitted", f"/review/cooperatives/{seller.code}/decision", name=seller.name)
    return consent


def agree(cooperative: Cooperative, helper: User, note: Note, months: int) -> Consent:
    """Keep a spoken yes of a seller none of whose managers can sign in; raises Conflict for all others."""
    person = queries.manager_without_phone(cooperative)
    if person is None:
        raise Conflict(_l("They have a phone of their own. Send them a code."))
    return give(cooperative, helper, person, _terms(person.name, person.language, note, months))


def _terms(person: str, language: str, note: Note, months: int) -> Terms:
    return Terms(list(Scope), months, Spoken(note.digest, note.seconds, person, VERSION, language))


def heard(consent: Consent, listener: User) -> None:
    """Keep that somebody heard the recording."""
    record("consent_heard", consent.cooperative, listener, heard=consent.code)


def send_phone_code(consent: Consent, phone: str) -> None:
    """Send a code to the phone (E.164) the household has now."""
    send_code(phone, CodePurpose.PHONE_CHANGE, consent.given_by.language)


def take_over(consent: Consent, phone: str, code: str, actor: User) -> bool:
    """Give the household its own account: from now on it signs in with the proven number. False for a wrong code.

    The helper, the officers and the household are told; the consents stay until it stops them itself.
    """
    if not check_code(phone, CodePurpose.PHONE_CHANGE, code):
        return False
    person, seller = consent.given_by, consent.cooperative
    change_phone(person, phone)
    record("account_taken_over", seller, actor, person=person.id)
    for one in {person, consent.helper, *officers_of_commune(seller.commune_code)}:
        url = "/helped" if one is person else "/notices"
        tell(one, "account_taken_over", url, person=person.name, name=seller.name)
    return True
