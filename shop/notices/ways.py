"""By which ways one notice can reach one person, the first to be tried first."""

from collections.abc import Sequence

from shop.accounts.models import User
from shop.core.outbox import Message, mail
from shop.core.present import origin, settings
from shop.core.texting import one_text
from shop.notices import zalo
from shop.notices.kinds import KINDS
from shop.notices.models import Notice
from shop.notices.preferences.models import Way
from shop.notices.words import facts, said


def messages(user: User, notice: Notice, chosen: Sequence[Way]) -> list[Message]:
    """Return the notice as a message by each way that is chosen, reaches the person and is worth it: mail, then phone.

    Of Zalo and SMS the setting PHONE_FIRST says which comes first.
    """
    kind, found = KINDS[notice.kind], []
    spoken, link = said(notice, user.language), f"{origin()}/n/{notice.code}"
    if Way.MAIL in chosen and user.email and kind.mail:
        body = f"{user.name},\n\n{spoken.body}\n\n{link}\n"
        found.append(mail(user.email, user.language, spoken.subject, body, facts(notice, user.language)))
    if not (user.phone and kind.sms):
        return found
    by_phone = []
    template = zalo.template_of(settings(), notice.kind)
    if Way.ZALO in chosen and template and user.language == "vi":  # templates are registered in one language
        more = {"template": template, "filled": zalo.filled(notice.kind, notice.params, notice.code)}
        by_phone.append(Message("zalo", user.phone, user.language, spoken.body, more))
    if Way.SMS in chosen:
        by_phone.append(Message("sms", user.phone, user.language, one_text(spoken.body, link, user.language)))
    return found + (by_phone if settings().phone_first == "zalo" else by_phone[::-1])
