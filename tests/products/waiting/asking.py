"""Somebody who waits for the tea, for tests."""

from products.waiting import services
from products.waiting.models import StockWait
from shop.core.db import db, writing
from shop.notices.mail.unsubscribing import STOCK_ASKED, address_of
from tests.cast import Cast

MAIL = "mai@example.com"


def sold_out(cast: Cast, goods: str = "tea") -> None:
    """Promise every pack to somebody."""
    with writing():
        cast.sku(goods).held = cast.sku(goods).on_hand


def in_again(cast: Cast, goods: str = "tea") -> None:
    """Let go of all of them."""
    with writing():
        cast.sku(goods).held = 0


def asked(cast: Cast, email: str = MAIL, goods: str = "tea", *, yes: bool = False) -> str:
    """Let an address ask; returns the code of its wait."""
    with writing():
        services.ask_by_mail(cast.product(goods), email, "vi")
    wait = db.session.query(StockWait).filter_by(email=email, product_id=cast.ids[goods], told_at=None).one()
    code, key = wait.code, wait.id
    if yes:
        with writing():
            services.confirm(db.session.get_one(StockWait, key))
    return code


def token_of(code: str) -> str:
    """The end of the link in the letters of a wait."""
    return address_of(f"{STOCK_ASKED}{code}").rsplit("/", 1)[1]
