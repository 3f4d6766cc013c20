"""What the pages of the gates show: goods, decisions, orders and money, made in the order in which they need it."""

from datetime import timedelta

from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from products import services
from products.models import Product
from products.questions.services import not_understood
from products.search.tasks import refresh_vocabulary
from products.suggestions.services import suggest
from products.waiting import services as waiting
from products.waiting.models import StockWait
from shop.core import clock
from shop.core.db import db, writing
from shop.desk.calls import services as calls
from shop.desk.calls.models import Step
from shop.payments import services as payments
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import Payment
from shop.payments.passing.models import CardAccount, Passing, PassingState
from shop.payments.reconciling.models import Comparison, Difference, Finding
from tests.cast import Cast, make_product
from tests.cooperatives.certificates import sending as certificates
from tests.cooperatives.helping import helped
from tests.products.automatic.trusted import approved_by_rule
from tests.products.review.sent import sent_goods
from tests.products.seconds.risky import approve, risky_goods
from tests.products.waiting.asking import token_of
from tests.server import Market
from tests.shelves import give_files
from tests.shop.orders.buying import ordered
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.orders.gifts.giving import gift
from tests.shop.orders.parcels.photographing import photographed
from tests.shop.payments.at_the_door import remitted, taken
from tests.shop.payments.changing import asking, instead, scales
from tests.shop.payments.outside import by_card, payment_of
from tests.shop.payments.transferring import by_transfer, comes
from tests.shop.ratings.bought import for_the_gates
from tests.shop.related.pairs import counted
from tests.shop.vouchers.making import voucher

Names = dict[str, str]


def made(market: Market) -> Names:
    """Fill a market; returns what stands in the braces of the addresses."""
    with market.app.app_context():
        cast = market.cast
        names = _goods(cast) | _sold_out(cast) | _team(cast)
        seller, goods = cast.cooperative(), cast.product()
        names |= {"seller": seller.code, "seller_slug": seller.slug, "commune": seller.commune_code}
        names |= {"goods": goods.code, "goods_slug": goods.slug}
        counted(cast)
        names |= _orders(cast)
        give_files(market.app)
        refresh_vocabulary()
        names |= {"paper": certificates.sent(cast, "vietgap")}
        certificates.verified(cast)
        certificates.verified(cast, "safety")
        names |= _money(cast) | _ratings(cast)
        db.session.remove()
    market.ten_seconds_pass()
    return names


def _goods(cast: Cast) -> Names:
    with writing():
        sent = sent_goods(cast)
        talk = not_understood(sent, None, cast.member, "Chưa hiểu phải sửa gì ạ").code
        suggest(sent, 1, cast.officer, "name", "Miến dong Bình Lư sạch", "Dễ tìm hơn")
        late = sent_goods(cast, "key-of-what-changed")
        names = {"waiting": sent.code, "talk": talk, "late": late.code}
        _changed_since(late, cast)
    risky = risky_goods(cast)
    approve(risky, cast.officer)
    return names | {"risky": db.session.get_one(Product, risky).code, "ruled": approved_by_rule(cast)}


def _sold_out(cast: Cast) -> Names:
    """Goods that ran out, and the letter to somebody who waits for them."""
    with writing():
        gone = make_product(cast.cooperative(), cast.member, "Chè dây đã hết", category="tea", price=90_000, on_hand=0)
        waiting.ask_by_mail(gone, "mai@example.com", "vi")
        code = gone.code
    return {"sold_out": code, "wait": token_of(db.session.query(StockWait).one().code)}


def _changed_since(product: Product, cast: Cast) -> None:
    """Let the seller change what was sent and is being read under its first number."""
    services.take_back(product, cast.member)
    services.save_draft(services.editable(product, cast.member), {"name": "Miến dong mới"}, cast.member)
    services.submit(product, cast.member)


def _team(cast: Cast) -> Names:
    """A team, somebody it helps already, and a request that waits for its code."""
    team = helped.team(cast)
    helped.consent(cast)
    with writing():
        return {"team": team, "asked": helping.ask(cast.helper, cast.cooperative(), list(Scope), 12).code}


def _orders(cast: Cast) -> Names:
    """A purchase at two sellers who do not answer, one to confirm, to pack, to weigh, two that fall short."""
    with writing():
        for goods in ("tea", "honey"):
            cast.sku(goods).on_hand += 100
    purchase = ordered(cast, tea=1, honey=1)
    codes = {one.cooperative_id: one.code for one in purchase.orders}
    names = {"token": purchase.token, "order": codes[cast.ids["cooperative"]]}
    with writing():
        for one in purchase.orders:
            calls.remind(one.id, Step.CALL)
    names["unasked"], names["to_confirm"] = asked_before_packing(cast)
    names["order_to_pack"] = asking.accepted(cast)
    names["order_to_weigh"] = scales.hens(cast)
    short = asking.asked(cast)
    names |= {"short_order": short["code"], "short_token": short["token"], "change": short["change"]}
    other = instead.offered(cast)
    names |= {"instead_order": other["code"], "instead_token": other["token"], "instead_change": other["change"]}
    taken = instead.offered(cast, tea=2)
    instead.end(cast, taken["change"], "agree")
    names |= {"taken_order": taken["code"], "taken_token": taken["token"]}
    instead.with_mustard(cast, "chard")  # the choice of the seller whose order is to be packed
    line = asking.order_of(names["order_to_pack"]).lines[0].id
    return names | {"instead_field": f"instead{line}"}


def _money(cast: Cast) -> Names:
    """Cash with a carrier, money to give back, two transfers to come, money that fits no order, a disputed card."""
    remitted(cast)
    names = {"given_back": taken(cast, tea=2)}
    names["gift"] = gift(cast).orders[0].code  # gives the sellers their bank accounts
    names["paying"] = by_transfer(cast, tea=1, honey=1).token
    names["unclear"] = comes(cast, 5_000, "chuyen tien mua che") or ""
    _cards(cast)
    return names | {"voucher": voucher(cast), "sent": photographed(cast)["code"]}


def _cards(cast: Cast) -> None:
    """A card payment that its bank takes back, an account that asks for more, a difference, a step that was refused."""
    key = payment_of(by_card(cast, tea=2, honey=1)).id
    with writing():
        payments.book(db.session.get_one(Payment, key), "pi_gates")
    day, now = timedelta(days=1), clock.now()
    account = {"reference": "acct_1", "opened_by_id": cast.ids["member"], "submitted": True, "wants": 2}
    with writing():
        payment = db.session.get_one(Payment, key)
        shares = [DisputeShare(part_id=part.id, amount=part.amount) for part in payment.parts]
        dispute = {"payment_id": key, "reference": "du_1", "amount": payment.amount, "reason": "product_not_received"}
        open_ = {"state": DisputeState.OPEN, "due_at": now + 7 * day, "taken_at": now}
        refused = {"state": PassingState.FAILED, "problem": "insufficient_capabilities_for_transfer", "number": 1}
        part = payment.parts[0]
        db.session.add_all(
            [
                Dispute(shares=shares, **dispute, **open_),
                CardAccount(cooperative_id=cast.ids["cooperative"], **account),
                Passing(part_id=part.id, account="acct_1", amount=part.amount, idempotency_key="gates-1", **refused),
                Comparison(hour="2026-11-30T19", done_at=now, looked=214, found=1, healed=2),
                Finding(kind=Difference.AMOUNT, subject="pi_gates", facts={"amount": 540_000, "ours": 542_000}),
            ]
        )


def _ratings(cast: Cast) -> Names:
    page, to_rate, code = for_the_gates(cast)
    return {"own_rating": page, "to_rate": to_rate, "rating": code}
