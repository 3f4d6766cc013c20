"""A team, a consent, and a helper's browser that has taken it up."""

import re
from datetime import timedelta

from sqlalchemy import select

from cooperatives.helping.models import Consent, Scope
from cooperatives.helping.services import Terms, give
from cooperatives.teams import services as teams
from cooperatives.teams.queries import teams_of
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms
from tests.browser import Browser
from tests.cast import BINH_LU, Cast


def team(cast: Cast) -> str:
    """The helper's team, which helps in Bình Lư, made where there is none yet; returns its code."""
    with writing():
        for known in teams_of(cast.helper):
            return known.code
        made = teams.save(None, "Tổ công nghệ số Bình Lư", [BINH_LU], [], cast.admin)
        teams.add_member(made, cast.helper, cast.admin)
        return made.code


def consent(cast: Cast, *scopes: Scope, seller: str = "cooperative", giver: str = "member") -> str:
    """The helper's consent of the cooperative (all of the work where none is named); returns its code."""
    with writing():
        terms = Terms(scopes or tuple(Scope), 12)
        return give(cast.cooperative(seller), cast.helper, cast.user(giver), terms).code


def helping(browser: Browser, cast: Cast, *scopes: Scope) -> str:
    """The helper, signed in and acting for the cooperative; returns the consent's code."""
    team(cast)
    code = consent(cast, *scopes)
    browser.sign_in(cast.helper)
    assert browser.post(f"/helping/consents/{code}/begin").status_code == 302
    return code


def code_in_sms() -> str:
    """The six digits of the newest SMS that asks for help."""
    body = db.session.scalars(
        select(OutgoingSms.body).where(OutgoingSms.event.startswith("help:")).order_by(OutgoingSms.id.desc())
    ).first()
    found = re.search(r"\b\d{6}\b", body or "")
    assert found, body
    return found[0]


def later(**parts: float) -> None:
    clock.set_for_tests(clock.now() + timedelta(**parts))


def stored(code: str) -> Consent:
    return db.session.scalars(select(Consent).where(Consent.code == code)).one()
