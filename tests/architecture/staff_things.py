"""One thing of the staff's own work, or between staff and sellers, for each address that names one."""

from typing import Any

from products.automatic import services as automatic
from products.automatic.models import LIMITS
from products.models import Product
from products.questions import services as questions
from products.review import services as review
from products.review.models import Press, Verdict
from products.suggestions import services as suggestions
from shop.accounts.absences import services as absences
from shop.core.codes import public_code
from shop.core.days import today
from shop.core.db import db, writing
from tests.architecture.things import Address
from tests.cast import Cast
from tests.products.review.sent import sent_goods
from tests.products.seconds.risky import approve, risky_goods


def absence(cast: Cast, _storage: Any) -> Address:
    """The officer is away; the one from elsewhere only reads it, and the first who may ends it."""
    with writing():
        return {"code": absences.enter(cast.officer, cast.officer_elsewhere, today(), today(), cast.admin).code}


def small_change(_cast: Cast, _storage: Any) -> Address:
    """A kind of change: whatever officer asks sees what he may."""
    return {"kind": "season"}


def approval_rule(cast: Cast, _storage: Any) -> Address:
    """A rule that holds; where the first who asked ended it, another one."""
    with writing():
        told = public_code(), ["season"], [], {name: low for name, (low, _high) in LIMITS.items()}
        return {"code": automatic.make_rule(*told, cast.admin).code}


def first_yes(cast: Cast, _storage: Any) -> Address:
    """Risky goods to which the officer of the commune has said the first yes."""
    key = risky_goods(cast)
    approve(key, cast.officer)
    return {"code": db.session.get_one(Product, key).code, "number": 1}


def pressed(cast: Cast, _storage: Any) -> Address:
    """A press that approved something and may still be undone."""
    with writing():
        product = sent_goods(cast, "key-of-a-press")
        review.decide(product, 1, cast.officer, Verdict.APPROVE, press=Press("PRESS-OF-THE-OFFICER"))
    return {"press": "PRESS-OF-THE-OFFICER"}


def suggested(cast: Cast, _storage: Any) -> Address:
    with writing():
        product = sent_goods(cast, "key-of-a-suggestion")
        made = suggestions.suggest(product, 1, cast.officer, "name", "Miến dong")
        return {"code": product.code, "suggestion": made.code}


def talk_of_officers(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {
            "code": questions.ask_colleagues(
                sent_goods(cast, "key-of-a-question"), 1, cast.officer, "Có phải miến pha không"
            ).code
        }


def talk_with_seller(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {
            "code": questions.not_understood(sent_goods(cast, "key-of-a-talk"), None, cast.member, "Chưa hiểu").code
        }
