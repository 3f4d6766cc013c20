"""The pages that the gates look at: whose they are, where they are, what they may weigh."""

from typing import NamedTuple

from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from products import services
from products.models import Product
from products.questions.services import not_understood
from products.suggestions.services import suggest
from shop.core.db import db, writing
from shop.desk.calls import services as calls
from shop.desk.calls.models import Step
from tests.cast import Cast
from tests.cooperatives.certificates import sending as certificates
from tests.cooperatives.helping import helped
from tests.gates.rated import PAGES, rated_pages
from tests.products.automatic.trusted import approved_by_rule
from tests.products.review.sent import sent_goods
from tests.products.seconds.risky import approve, risky_goods
from tests.server import Market
from tests.shelves import give_files
from tests.shop.orders.buying import ordered
from tests.shop.orders.confirming.asking import asked_before_packing
from tests.shop.payments.at_the_door import remitted, taken
from tests.shop.payments.transferring import by_transfer, comes, with_accounts
from tests.shop.vouchers.making import voucher_pages


class Budget(NamedTuple):
    """Bytes on the wire (br, 1 KB = 1000) and requests of a first visit, as ux.md 2.1 has them."""

    html: int
    css: int
    js: int
    requests: int


class Shown(NamedTuple):
    """A page: its name, whose eyes see it, its address."""

    name: str
    who: str  # "visitor", "buyer" (a visitor with a cart) or somebody of the cast
    path: str


BUDGETS = {
    "home": Budget(12_000, 10_000, 4_000, 14),
    "category": Budget(14_000, 10_000, 4_000, 14),
    "search": Budget(14_000, 10_000, 4_000, 14),
    "product": Budget(10_000, 10_000, 4_000, 9),
    "cart": Budget(9_000, 10_000, 4_000, 8),
    "details": Budget(9_000, 10_000, 4_000, 8),
    "confirmation": Budget(9_000, 10_000, 4_000, 8),
    "tracking": Budget(9_000, 10_000, 4_000, 8),
    "transfer": Budget(9_000, 10_000, 4_000, 8),
    "today": Budget(10_000, 10_000, 6_000, 8),
    "orders": Budget(10_000, 10_000, 6_000, 8),
    "form": Budget(12_000, 10_000, 12_000, 12),  # requests as decisions on static files have them: modules stay apart
    "queue": Budget(18_000, 10_000, 8_000, 20),
    "review": Budget(16_000, 10_000, 8_000, 12),
}
IN_EVERY_LANGUAGE = ("home", "product", "cart", "form", "review")


def pages_of(market: Market) -> dict[str, Shown]:
    """Everything worth looking at, with one purchase, one waiting revision and one application made for it."""
    with market.app.app_context():
        cast = market.cast
        with writing():
            sent = sent_goods(cast)
            waiting = sent.code
            talk = not_understood(sent, None, cast.member, "Chưa hiểu phải sửa gì ạ").code
            suggest(sent, 1, cast.officer, "name", "Miến dong Bình Lư sạch", "Dễ tìm hơn")
            late = sent_goods(cast, "key-of-what-changed")
            overtaken = f"/review/products/{late.code}/{changed_since(late, cast)}/decision"
        team, asked = _asked(cast)
        risky = _risky(cast)
        purchase = ordered(cast, tea=1, honey=1)
        token, orders = purchase.token, {one.cooperative_id: one.code for one in purchase.orders}
        goods, seller = cast.product(), cast.cooperative()
        product = f"/products/{goods.slug}-{goods.code}"
        producer, commune = f"/producers/{seller.slug}-{seller.code}", f"/communes/{seller.commune_code}"
        ruled = approved_by_rule(cast)
        give_files(market.app)
        paper = certificates.sent(cast, "vietgap")
        certificates.verified(cast)
        certificates.verified(cast, "safety")
        with writing():
            for one in purchase.orders:
                calls.remind(one.id, Step.CALL)
        unasked, link = asked_before_packing(cast)
        remitted(cast)
        given_back = taken(cast, tea=2)
        paying, unclear = _transfers(cast)
        ratings = [Shown(*one) for one in (*rated_pages(cast), *voucher_pages(cast))]
        mine, draft, order = seller.code, goods.code, orders[cast.ids["cooperative"]]
        db.session.remove()
    market.ten_seconds_pass()
    found = [
        *_public(product, producer, commune, token),
        *(Shown(name, "buyer", path) for name, path in (("cart", "/cart"), ("details", "/checkout"))),
        Shown("confirmation", "buyer", "/checkout/confirmation"),
        *_sellers(mine, draft, order, paper),
        *_staff(mine, waiting, order, paper),
        *_helping(mine, team, asked),
        *ratings,
        Shown("ruled", "member", f"/my/products/{ruled}/preview"),
        *_seconds(risky),
        Shown("overtaken", "officer", overtaken),
        Shown("talk", "officer", f"/review/talks/{talk}"),
        Shown("suggested", "member", f"/my/products/{waiting}/preview"),
        Shown("transfer", "visitor", f"/pay/{paying}/transfers"),
        *(Shown(one, "member", f"/my/{one}") for one in ("transfers", "cash", "money")),
        Shown("unclear-transfer", "member", f"/my/transfers/{unclear}"),
        Shown("give-back", "member", f"/my/orders/{given_back}/refund"),
        Shown("cash-again", "officer", "/staff/cash"),
        Shown("not-found", "officer", "/staff/searches"),
        Shown("order-to-confirm", "member", f"/my/orders/{unasked}"),
        Shown("yes", "visitor", f"/yes/{link}"),
        Shown("statement", "member", "/my/transfers/statement"),
        Shown("notifiers", "member", f"/cooperatives/{mine}/notifiers"),
    ]
    return {one.name: one for one in found}


def _risky(cast: Cast) -> str:
    """Goods that need two officers, where the commune has one, who said the first yes."""
    key = risky_goods(cast)
    approve(key, cast.officer)
    return db.session.get_one(Product, key).code


def _seconds(risky: str) -> list[Shown]:
    return [
        Shown("first-yes", "officer", f"/review/products/{risky}/1/decision"),
        Shown("second-officers", "admin", "/staff/second-officers"),
    ]


def changed_since(product: Product, cast: Cast) -> int:
    """Let the seller change what was sent; returns the number under which an officer read it."""
    services.take_back(product, cast.member)
    services.save_draft(services.editable(product, cast.member), {"name": "Miến dong mới"}, cast.member)
    services.submit(product, cast.member)
    return 1


def _public(product: str, producer: str, commune: str, token: str) -> list[Shown]:
    paths = {
        "home": "/",
        "category": "/categories/tea",
        "search": "/search?q=che",
        "nothing-found": "/search?q=xyzzyx",
        "product": product,
        "producer": producer,
        "commune": commune,
        "about": "/about",
        "how-to-buy": "/how-to-buy",
        "how-to-sell": "/how-to-sell",
        "privacy": "/privacy",
        "periods": "/privacy/periods",
        "lessons": "/lessons",
        "lesson": "/lessons/photo?answer=1",
        "tracking": f"/purchases/{token}",
        "find": "/orders/find",
        "empty-cart": "/cart",
        "form-offline": "/my/products/shell",
        "orders-offline": "/my/orders/shell",
        "sign-in": "/sign-in",
        "no-such-page": "/khong-co",
    }
    return [Shown(name, "visitor", path) for name, path in paths.items()]


def _asked(cast: Cast) -> tuple[str, str]:
    """A team, somebody it helps already, and a request that waits for its code."""
    team = helped.team(cast)
    helped.consent(cast)
    with writing():
        return team, helping.ask(cast.helper, cast.cooperative(), list(Scope), 12).code


def _transfers(cast: Cast) -> tuple[str, str]:
    """A purchase that waits for two transfers, and money that fits no order."""
    with_accounts(cast)
    return by_transfer(cast, tea=1, honey=1).token, comes(cast, 5_000, "chuyen tien mua che") or ""


def _helping(mine: str, team: str, asked: str) -> list[Shown]:
    helpers = {
        "household": "/helping/households/new",
        "helping": "/helping",
        "ask": f"/helping/sellers/{mine}",
        "answer": f"/helping/requests/{asked}",
    }
    return [
        *(Shown(name, "helper", path) for name, path in helpers.items()),
        Shown("visits", "helper", "/visits"),
        Shown("helper-calls", "helper", "/calls"),
        Shown("visit-form", "helper", f"/visits/sellers/{mine}"),
        Shown("lending", "admin", "/lending"),
        Shown("helped", "member", "/helped"),
        Shown("teams", "admin", "/teams"),
        Shown("team", "admin", f"/teams/{team}"),
        Shown("team-people", "admin", f"/teams/{team}/people"),
    ]


def _sellers(mine: str, draft: str, order: str, paper: str) -> list[Shown]:
    paths = {
        "today": "/desk",
        "goods": "/my/products",
        "form": "/my/products/new",
        "edit": f"/my/products/{draft}/edit",
        "photos": f"/my/products/{draft}/photos",
        "preview": f"/my/products/{draft}/preview",
        "history": f"/my/products/{draft}/history",
        "revision": f"/my/products/{draft}/history/1",
        "price": f"/my/products/{draft}/price",
        "orders": "/my/orders",
        "order": f"/my/orders/{order}",
        "picking": "/my/orders/picking?until=all",
        "labels": "/my/orders/labels?until=all",
        "cooperative": f"/cooperatives/{mine}",
        "members": f"/cooperatives/{mine}/members",
        "profile": f"/cooperatives/{mine}/profile",
        "seller-history": f"/cooperatives/{mine}/history",
        "new-seller": "/cooperatives/new",
        "new-who": "/cooperatives/new/who",
        "joining": f"/cooperatives/{mine}/joining",
        "who": f"/cooperatives/{mine}/joining/who",
        "place": f"/cooperatives/{mine}/joining/place",
        "papers": f"/cooperatives/{mine}/papers",
        "paper": f"/cooperatives/{mine}/papers/food_commitment",
        "closing": f"/cooperatives/{mine}/closing",
        "bank-account": f"/cooperatives/{mine}/bank-account",
        "certificates": f"/cooperatives/{mine}/certificates",
        "certificate": f"/cooperatives/{mine}/certificates/{paper}",
        "certificate-form": f"/cooperatives/{mine}/certificates/{paper}/renewal",
        "channels": "/my/channels",
        "account": "/account",
        "my-data": "/account/privacy",
        "code-app": "/second-factor/set-up",
        "confirm": "/confirm?next=/account/phone",
        "notices": "/notices",
        "my-lessons": "/my/lessons",
        "notice-preferences": "/account/notices",
    }
    return [Shown(name, "member", path) for name, path in paths.items()]


def _staff(mine: str, waiting: str, order: str, paper: str) -> list[Shown]:
    return [
        Shown("queue", "officer", "/review/products"),
        Shown("review", "officer", f"/review/products/{waiting}/1/decision"),
        Shown("sellers", "officer", "/review/cooperatives"),
        Shown("alike", "officer", "/review/products/alike"),
        Shown("by-rules", "officer", "/review/products/by-rules"),
        Shown("approval-rules", "admin", "/staff/approval-rules"),
        Shown("approval-rule", "admin", "/staff/approval-rules/new"),
        Shown("absences", "officer", "/staff/absences"),
        Shown("certificates-to-see", "officer", "/review/certificates"),
        Shown("certificate-to-see", "officer", f"/review/certificates/{paper}"),
        Shown("calls", "officer", "/calls"),
        Shown("call", "officer", f"/calls/{order}"),
        Shown("market-seller", "officer", f"/review/sellers/{mine}"),
        Shown("market-sellers", "admin", "/review/sellers"),
        Shown("staff", "admin", "/staff"),
        Shown("breaches", "admin", "/breaches"),
        Shown("messages", "admin", "/staff/messages"),
        Shown("news", "admin", "/staff/news"),
        Shown("seller-decision", "officer", f"/review/cooperatives/{mine}/decision"),
        Shown("waiver", "officer", f"/review/cooperatives/{mine}/requirements/food_safety/waiver"),
        Shown("rules", "admin", "/staff/requirements"),
        Shown("rule", "admin", "/staff/requirements/land_paper"),
    ]


NAMES = sorted(
    {one.name for one in _public("", "", "", "")}
    | {one.name for one in _sellers("", "", "", "")}
    | {one.name for one in _staff("", "", "", "")}
    | set(BUDGETS)
    | {one.name for one in _helping("", "", "")}
    | PAGES.keys()
    | {"talk", "suggested", "ruled", "overtaken", "first-yes", "second-officers"}
    | {
        "transfers",
        "unclear-transfer",
        "statement",
        "notifiers",
        "cash",
        "money",
        "cash-again",
        "order-to-confirm",
        "yes",
    }
)
