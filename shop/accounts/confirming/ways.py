"""By what a person proves once more who it is: the strongest way there is, and not dearer than needed."""

from enum import StrEnum

from shop.accounts.factor.queries import is_enrolled
from shop.accounts.models import User

OWN_FIELDS = {"proof", "proof_do", "proof_kept"}  # of our form; all others belong to the form that waits behind it


class Way(StrEnum):
    """What is asked for."""

    APP = "app"
    PASSWORD = "password"  # noqa: S105 - a word
    PHONE = "phone"
    NONE = "none"  # a second factor is needed, and there is neither app nor phone


def way_of(person: User, *, strong: bool) -> Way:
    """Return how this person proves it; a password is no second factor, so it never does for `strong`."""
    if is_enrolled(person.id):
        return Way.APP
    if person.password_hash and not strong:
        return Way.PASSWORD
    return Way.PHONE if person.phone else Way.NONE
