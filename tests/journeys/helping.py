"""How a helper begins to act for a seller, and how that ends."""

from sqlalchemy import select

from cooperatives.helping.models import Consent
from cooperatives.models import Cooperative
from shop.core.db import db
from tests.cooperatives.helping import helped
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.server import Market


def agree(market: Market, helper: Phone, seller: str, number: str) -> str:
    """The helper asks the seller of this name, who reads out the code on the phone; returns the consent's code."""
    with market.app.app_context():
        helped.team(market.cast)
        code = db.session.scalars(select(Cooperative.code).where(Cooperative.name == seller)).one()
        db.session.remove()
    before = len(market.codes(number))
    become(helper, "helper")
    helper.open(f"/helping/sellers/{code}")
    helper.press("Send them a code")
    helper.fill("Code in the message", market.code_for(number, before))
    helper.press("They agree")
    helper.reads("They have asked you to help")
    with market.app.app_context():
        newest = select(Consent.code).join(Cooperative).where(Cooperative.name == seller).order_by(Consent.id.desc())
        return db.session.scalars(newest).first() or ""


def tap(phone: Phone, msgid: str) -> None:
    """Tap the first button that begins so: for readers it also says whose it is."""
    phone.page.get_by_role("button", name=phone.words(msgid)).first.click()
