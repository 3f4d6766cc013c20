"""Things of one person alone, and of the admin's register, for the addresses of the privacy room."""

from typing import Any

from shop.core.db import db, writing
from shop.notices.mail.unsubscribing import NEWS, address_of
from shop.notices.models import Notice
from shop.privacy import services as privacy
from shop.privacy.breaches import services as breaches
from shop.privacy.tasks import make_exports
from tests.architecture.doors import ADMIN, ALL, PROVIDER, Door
from tests.architecture.things import Address
from tests.cast import Cast


def export(cast: Cast, _storage: Any) -> Address:
    """The buyer's file with everything kept about her."""
    with writing():
        code = privacy.ask_export(cast.buyer).code
    make_exports()
    return {"code": code}


def breach(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {"code": breaches.note("Mất điện thoại", "12 người mua", "Đã khoá", cast.admin).code}


def letter(cast: Cast, _storage: Any) -> Address:
    """A letter of news to the buyer, by the token in its foot."""
    with writing():
        facts = {"subject": "Chè", "words": "Chè mới"}
        notice = Notice(user_id=cast.ids["buyer"], kind="news", params=facts, url="/")
        db.session.add(notice)
        db.session.flush()
        return {"token": address_of(f"{NEWS}{notice.code}").rpartition("/")[2]}


MESSAGES = {
    "outgoing.index": Door(ADMIN),
    "outgoing.another_try": Door(ADMIN, fields={"way": "sms", "problem": "none"}),
    "news.write": Door(ADMIN),
    "news.unsubscription": Door(ALL, letter),
    "news.unsubscribe": Door(PROVIDER, letter),  # the letter's reader, or the mail program; the token is signed
}
