"""Asking, answering, reading."""

from collections.abc import Iterable

from cooperatives import queries as cooperatives
from cooperatives.helping.models import Scope
from cooperatives.helping.queries import helpers_of
from products import queries as products
from products.issues.models import RevisionIssue
from products.models import Product, ProductRevision
from products.questions.models import Audience, Message, Talk, TalkRead
from products.review import queries as review
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit import acting
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Invalid, NotFound
from shop.core.i18n import lazy_gettext as _l
from shop.notices import services as notices

LONGEST = 1000  # characters


def ask_colleagues(product: Product, number: int, officer: User, text: str) -> Talk:
    """Open a talk that only officers of the commune and admins read; the goods stay with whoever asks.

    Raises NotFound for a number that was never sent, Invalid("text") for no words or too many.
    """
    products.lock(product)
    revision = review.as_sent(product, number)
    if revision is None:
        raise NotFound(_l("There is no such version."))
    talk = _open(revision, Audience.OFFICERS, officer)
    audit.record("colleagues_asked", product, officer, revision=number)
    say(talk, officer, text)
    return talk


def not_understood(product: Product, issue: RevisionIssue | None, member: User, text: str) -> Talk:
    """Open a talk between the seller and the officer, about one thing to mend or the goods as a whole.

    Raises NotFound where nothing was ever sent, Invalid("text") for no words or too many.
    """
    products.lock(product)
    revision = products.open_revision(product) or product.approved or products.last_revision(product)
    if revision is None:
        raise NotFound(_l("There is no such version."))
    talk = _open(revision, Audience.BOTH, member, issue)
    audit.record("officer_asked", product, member, revision=revision.number, field=issue.field if issue else "")
    say(talk, member, text)
    return talk


def say(talk: Talk, author: User, text: str) -> Message:
    """Add words to a talk and tell the others; raises Invalid("text") for none or more than LONGEST characters."""
    if not text:
        raise Invalid("text", _l("Write what you want to say."))
    if len(text) > LONGEST:
        raise Invalid("text", _l("Use at most %(number)s characters.", number=LONGEST))
    message = Message(talk_id=talk.id, author_id=author.id, text=text, lang=author.language)
    helped = acting.of(author.id)
    message.on_behalf_of_id = helped.on_behalf_of_id if helped else None
    db.session.add(message)
    db.session.flush()
    talk.last_id = message.id
    read(talk, author)
    product = talk.revision.product
    audit.record("talked", product, author, talk=talk.code)
    for person, url in _others(talk, product, author):
        notices.tell(person, "talked", url, person=author.name, product=talk.revision.name)
    return message


def read(talk: Talk, reader: User) -> None:
    """Keep that somebody has read a talk up to its newest words."""
    row = db.session.get(TalkRead, (talk.id, reader.id))
    if row is None:
        db.session.add(TalkRead(talk_id=talk.id, user_id=reader.id, message_id=talk.last_id))
    else:
        row.message_id = talk.last_id
    db.session.flush()


def _open(revision: ProductRevision, audience: Audience, person: User, issue: RevisionIssue | None = None) -> Talk:
    talk = Talk(product_id=revision.product_id, revision=revision, number=revision.number, audience=audience)
    talk.opened_by_id, talk.issue_id = person.id, issue.id if issue else None
    db.session.add(talk)
    db.session.flush()
    return talk


def _others(talk: Talk, product: Product, author: User) -> Iterable[tuple[User, str]]:
    """Yield who is told, with the address at which each reads it; a talk among officers reaches no seller."""
    commune = product.cooperative.commune_code
    members = {one.user_id: one.user for one in cooperatives.members(product.cooperative)}
    told = {author.id}
    for officer in officers_of_commune(commune):
        if officer.id not in told and officer.id not in members:
            told.add(officer.id)
            yield officer, f"/review/talks/{talk.code}"
    for message in talk.messages:  # an admin who joined in
        if message.author_id not in told and talk.audience is Audience.OFFICERS:
            told.add(message.author_id)
            yield message.author, f"/review/talks/{talk.code}"
    if talk.audience is Audience.BOTH:
        for key, member in members.items():
            if key not in told:
                yield member, f"/my/talks/{talk.code}"
        for helper in helpers_of(product.cooperative_id, Scope.REPLIES):
            if helper.id not in told and helper.id not in members:
                yield helper, "/helping"
