"""What a person chose, or what suits the role."""

from shop.accounts.models import User
from shop.accounts.queries import staff_roles
from shop.core.db import db
from shop.notices.kinds import Group
from shop.notices.preferences.models import EVENING, MORNING, NoticePreference, Way

EVERY = ",".join(Way)
QUICK = ",".join((Way.PUSH, Way.MAIL))


def of(user: User) -> NoticePreference:
    """Return the person's kept choice, or one that is not kept and suits the role.

    Sellers and buyers are told of orders, review and money by every way that reaches them. Staff read their list
    every day: what waits for review costs them no text. News come only to who asked for them.
    """
    kept = db.session.get(NoticePreference, user.id)
    if kept:
        return kept
    review = QUICK if list(staff_roles(user.id)) else EVERY
    hours = {"quiet_from": EVENING, "quiet_to": MORNING, "daily": False}
    return NoticePreference(user_id=user.id, orders=EVERY, review=review, money=EVERY, news="", **hours)


def chosen(user: User, group: Group) -> list[Way]:
    """Return the ways by which a person wants to hear of a group."""
    return of(user).ways(group)
