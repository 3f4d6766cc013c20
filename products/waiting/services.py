"""Asking to be told, saying yes from the mailbox, being told once, and ending it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update

from products import queries as products
from products.models import Product
from products.waiting import queries
from products.waiting.models import StockWait
from shop.accounts import throttle
from shop.accounts.models import User
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.codes import public_code
from shop.core.db import changed, db
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.present import origin
from shop.notices.mail.unsubscribing import STOCK_ASKED, STOCK_BACK, address_of
from shop.notices.services import queue_mail, tell

MOST = 20  # goods that one address or person waits for at a time
KEPT = timedelta(days=90)
UNCONFIRMED = timedelta(days=2)  # an address that nobody said yes from is soon forgotten


def ask_by_mail(product: Product, email: str, language: str) -> bool:
    """Let an address wait, once it says yes from its mailbox; returns whether a letter goes out.

    Asked again it gets no second letter. Invalid("email") where it waits for too many goods.
    """
    email = email.strip().lower()
    _may(email=email)
    code = public_code()
    if not insert_once(StockWait, code=code, product_id=product.id, email=email, language=language):
        return False
    event = f"{STOCK_ASKED}{code}"
    with use_language(language):
        name = _name(product, language)
        subject = _("Tell you when %(product)s is in?", product=name)
        body = _("%(product)s has run out. Say yes here, and one letter comes when there is some:", product=name)
        after = _("Was it not you? Then do nothing: no letter comes.")
    queue_mail(event, email, language, subject, f"{body}\n\n{address_of(event)}\n\n{after}\n")
    return True


def ask(product: Product, user: User) -> bool:
    """Let a signed-in person wait; twice is once. Invalid("email") where they wait for too many goods."""
    _may(user_id=user.id)
    return insert_once(
        StockWait, product_id=product.id, user_id=user.id, language=user.language, confirmed_at=clock.now()
    )


def unask(product: Product, user: User) -> None:
    """Let a signed-in person wait no more for goods."""
    db.session.execute(delete(StockWait).where(StockWait.product_id == product.id, StockWait.user_id == user.id))


def _may(**whose: Any) -> None:
    throttle.take(f"stock-wait:{next(iter(whose.values()))}")
    if queries.open_of(**whose) >= MOST:
        raise Invalid("email", _l("You wait for %(most)s goods already. End some of them first.", most=MOST))


def confirm(wait: StockWait) -> None:
    """Take the yes from the mailbox; again changes nothing."""
    yes = update(StockWait).where(StockWait.id == wait.id, StockWait.confirmed_at.is_(None))
    db.session.execute(yes.values(confirmed_at=clock.now()))


def tell_one(key: int) -> bool:
    """Tell one who waits that there is some again; False where somebody was told, or ended it, before.

    The guarded update and the letter are one transaction: two sweeps tell once, and a crash tells later.
    """
    told = update(StockWait).where(StockWait.id == key, queries.waits()).values(told_at=clock.now())
    if not changed(told):
        return False
    wait = db.session.get_one(StockWait, key, populate_existing=True)
    product = db.session.get_one(Product, wait.product_id)
    root = "" if wait.language == "vi" else f"/{wait.language}"
    path, name = f"{root}/products/{product.slug}-{product.code}", _name(product, wait.language)
    if wait.user_id is not None:
        tell(db.session.get_one(User, wait.user_id), "stock_back", path, product=name)
        return True
    with use_language(wait.language):
        subject = _("%(product)s is in again", product=name)
        body = _("There is some of %(product)s again. Who orders first gets it:", product=name)
        after = _("You asked for this one letter. Nothing more comes about these goods.")
    text = f"{body}\n\n{origin()}{path}\n\n{after}\n"
    queue_mail(f"{STOCK_BACK}{wait.code}", str(wait.email), wait.language, subject, text)
    return True


def end(wait: StockWait) -> int:
    """End everything that the address of a letter waits for; returns how much. Who is signed in has no such letter."""
    return changed(delete(StockWait).where(StockWait.email == wait.email))


def forget(user: User) -> None:
    """Delete what a person waits for, by account or by address."""
    theirs = [StockWait.user_id == user.id]
    theirs += [StockWait.email == user.email.lower()] if user.email else []
    db.session.execute(delete(StockWait).where(or_(*theirs)))


def old(now: datetime) -> Any:
    """Say of a StockWait whether its time is over: 90 days, or two without a yes."""
    return (StockWait.asked_at < now - KEPT) | (
        StockWait.confirmed_at.is_(None) & (StockWait.asked_at < now - UNCONFIRMED)
    )


def _name(product: Product, language: str) -> str:
    said = products.words(product.approved_revision_id or 0, language)
    return said.name if said else ""
