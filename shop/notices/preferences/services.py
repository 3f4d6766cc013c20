"""choose(): keep what a person wants."""

from collections.abc import Mapping, Sequence

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.notices.kinds import Group
from shop.notices.preferences.models import NoticePreference, Way

ONE_WAY = _l("Choose at least one way for money and safety.")


def choose(
    user: User, ways: Mapping[Group, Sequence[Way]], *, quiet: tuple[int, int], daily: bool, language: str
) -> NoticePreference:
    """Keep the ways of each group, the quiet hours (from, to), the daily mail and the language.

    Raises Invalid where money and safety would come by no way at all.
    """
    if not ways[Group.MONEY]:
        raise Invalid("money", ONE_WAY)
    kept = db.session.get(NoticePreference, user.id) or NoticePreference(user_id=user.id)
    for group in Group:
        setattr(kept, group.value, ",".join(way for way in Way if way in ways[group]))
    kept.quiet_from, kept.quiet_to, kept.daily, kept.changed_at = *quiet, daily, clock.now()
    db.session.add(kept)
    user.language = language
    facts = {group.value: getattr(kept, group.value) for group in Group}
    record("notices_chosen", user, user, **facts, quiet=list(quiet), daily=daily)
    return kept
