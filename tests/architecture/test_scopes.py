"""The right role for somebody else's things, or for nobody's: they are answered as if they had none (I15, row 23).

`test_access` opens each door as nine people; these are the scopes those nine do not have. What a helper may do for
whom is tests/cooperatives/helping; here is what no consent opens.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cooperatives.helping.scopes import ROOMS
from cooperatives.models import MemberRole, Membership
from shop.accounts.models import Role, RoleGrant, User
from shop.core import clock
from shop.core.db import db, writing
from tests.architecture import things
from tests.architecture.doors import ALL, PROVIDER, Door, asked, methods, path_of
from tests.architecture.test_access import TABLE
from tests.browser import Browser
from tests.cast import Cast
from tests.cooperatives.helping import helped

OF_SOMEBODY = sorted(
    name for name, door in TABLE.items() if door.who not in (ALL, PROVIDER) and door.thing is not things.nothing
)


def person(browser: Browser, *rows: Callable[[User], Any]) -> Browser:
    """A new person with rows of their own, signed in."""
    with writing():
        made = User(name="Vàng Thị Dở", language="vi")
        db.session.add(made)
        db.session.flush()
        db.session.add_all(row(made) for row in rows)
    fresh = Browser(browser.app)
    fresh.sign_in(made)
    return fresh


def member_elsewhere(browser: Browser, cast: Cast) -> Browser:
    other = cast.ids["other_cooperative"]
    return person(browser, lambda one: Membership(cooperative_id=other, user_id=one.id, role=MemberRole.MEMBER))


def former_manager(browser: Browser, cast: Cast) -> Browser:
    here, now = cast.ids["cooperative"], clock.now()
    dates = {"joined_at": now - timedelta(days=9), "left_at": now - timedelta(seconds=1)}
    return person(
        browser, lambda one: Membership(cooperative_id=here, user_id=one.id, role=MemberRole.MANAGER, **dates)
    )


def officer_of_no_commune(browser: Browser, _cast: Cast) -> Browser:
    return person(browser, lambda one: RoleGrant(user_id=one.id, role=Role.OFFICER, valid_from=clock.after(days=-1)))


def helper_for(seller: str, giver: str) -> Callable[[Browser, Cast], Browser]:
    """The helper with a seller's consent to everything, who has taken it up."""

    def act(browser: Browser, cast: Cast) -> Browser:
        helped.team(cast)
        code = helped.consent(cast, seller=seller, giver=giver)
        fresh = Browser(browser.app)
        fresh.sign_in(cast.helper)
        assert fresh.post(f"/helping/consents/{code}/begin").status_code == 302
        return fresh

    return act


# Who asks, and whom of the nine people he is answered like.
OTHERS: dict[str, tuple[Callable[[Browser, Cast], Browser], str]] = {
    "a plain member of another seller": (member_elsewhere, "stranger"),
    "a manager who left the seller": (former_manager, "buyer"),
    "an officer without a commune": (officer_of_no_commune, "officer_elsewhere"),
    "a helper acting for another seller": (helper_for("other_cooperative", "stranger"), "helper"),
    "a helper acting for this seller": (helper_for("cooperative", "member"), "helper"),
}


def opens(who: str, endpoint: str, door: Door) -> bool:
    """Whether this may open: to whom he is like, and to a helper the rooms of the seller he acts for."""
    given_away = who == "a helper acting for this seller" and endpoint.split(".", maxsplit=1)[0] in ROOMS
    return given_away or OTHERS[who][1] in door.who


@pytest.mark.parametrize("endpoint", OF_SOMEBODY)
def test_nothing_of_anybody_else(browser: Browser, cast: Cast, storage: Any, endpoint: str) -> None:
    door = TABLE[endpoint]
    path = path_of(browser, endpoint, door.thing(cast, storage))
    for who in [one for one in OTHERS if not opens(one, endpoint, door)]:
        asker = OTHERS[who][0](browser, cast)
        for method in methods(browser.app, endpoint):
            status = asked(asker, method, path, door).status_code
            assert status in {403, 404}, f"{who} {method} {path}: {status}"
