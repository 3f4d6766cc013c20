"""From the plan to rows: certificates in every state a seller, an officer or a buyer can meet."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from cooperatives.certificates.kinds import KINDS
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateDecision, CertificateVerdict
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from products.certificates.models import CertificateProduct
from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import DemoMarket, Goods, Seller
from shop.cli.demo.papers import Paper, lay
from shop.core.codes import public_code
from shop.core.days import today
from shop.core.i18n import use_language
from shop.core.storage import Storage

S, V = CertificateState, CertificateVerdict
OLD_ENOUGH = timedelta(days=70)  # sellers that have been here for so long
SENT_BEFORE, ANSWERED_AFTER = timedelta(days=60), timedelta(days=2)
NOTES = {
    V.RETURN: "Ảnh mờ, chưa đọc được số. Chụp lại dưới ánh sáng ban ngày giúp.",
    V.WITHDRAW: "Cơ quan cấp đã thu hồi giấy này.",
}
AFTER = {S.VERIFIED: (V.VERIFY,), S.RETURNED: (V.RETURN,), S.WITHDRAWN: (V.VERIFY, V.WITHDRAW), S.REPLACED: (V.VERIFY,)}


class Wish(NamedTuple):
    """One certificate of the plan: whose (place among the older sellers), what, where it stands, how many days left."""

    seller: int
    kind: str
    state: CertificateState
    days: int
    grade: int | None = None
    after: int | None = None  # the place in the plan of the one whose place it takes


PLAN = (
    Wish(0, "ocop", S.VERIFIED, 420, 4),
    Wish(0, "safety", S.VERIFIED, 48),  # ends soon: told 60 days before
    Wish(0, "vietgap", S.VERIFIED, -20),  # ended: gone from every page
    Wish(1, "ocop", S.VERIFIED, 25, 3),
    Wish(1, "organic", S.VERIFIED, 5),
    Wish(2, "vietgap", S.VERIFIED, 300),
    Wish(2, "gi", S.SUBMITTED, 900),  # with the officer
    Wish(3, "ocop", S.VERIFIED, -1, 3),  # ended yesterday
    Wish(3, "organic", S.RETURNED, 400),
    Wish(4, "ocop", S.REPLACED, 15, 3),
    Wish(4, "ocop", S.VERIFIED, 1000, 4, after=9),
    Wish(5, "haccp", S.WITHDRAWN, 200),
    Wish(5, "ocop", S.VERIFIED, 0, 5),  # today is its last day
)


def sellers_of(market: DemoMarket) -> list[Seller]:
    """Return the older sellers of the plan, in its order, each with goods on sale."""
    selling = {one.seller for one in market.goods if one.state == "live"}
    old = (one for one in market.sellers if one.state == CooperativeState.ACTIVE and one.age > OLD_ENOUGH)
    return [one for one in old if one.key in selling][: 1 + max(wish.seller for wish in PLAN)]


def lay_papers(storage: Storage, market: DemoMarket) -> dict[int, str]:
    """Draw and store the photo of each certificate; returns their digests by place in the plan."""
    sellers = sellers_of(market)
    with use_language("vi"):  # as papers are written
        return {place: lay(storage, _paper(wish, sellers[wish.seller], place)) for place, wish in enumerate(PLAN)}


def _days(wish: Wish) -> tuple[date, date]:
    """Return the first and last day on the paper."""
    last = today() + timedelta(days=wish.days)
    first = min(last - timedelta(days=365 * KINDS[wish.kind].years), today() - SENT_BEFORE - timedelta(days=7))
    return first, last


def _paper(wish: Wish, seller: Seller, place: int) -> Paper:
    kind, (first, last) = KINDS[wish.kind], _days(wish)
    title = kind.badge(wish.grade) or kind.name
    issuer = kind.issuer or "Đơn vị chứng nhận bản thử"
    return Paper(title, seller.name, _scope(wish), _number(place), issuer, first, last)


def _scope(wish: Wish) -> str:
    return "Toàn bộ cơ sở" if KINDS[wish.kind].whole else "Các sản phẩm kê kèm"


def _number(place: int) -> str:
    return f"{201 + place}/BT-LC"


def write(writer: Writer, papers: Mapping[int, str], seed: int) -> None:
    """Write the certificates whose photos are laid onto the writer's sheet, with decisions and goods."""
    rng, sellers = Random(seed + 13), sellers_of(writer.market)
    keys: dict[int | None, int] = {}
    for place, wish in enumerate(PLAN):
        if place in papers:
            keys[place] = _write(writer, wish, sellers[wish.seller], papers[place], (place, keys.get(wish.after), rng))


def _write(writer: Writer, wish: Wish, seller: Seller, digest: str, more: tuple[int, int | None, Random]) -> int:
    place, replaces, rng = more
    sheet, manager, code = writer.sheet, writer.managers[seller.key], public_code(rng)
    (first, last), sent, cooperative = _days(wish), writer.now - SENT_BEFORE, writer.sellers[seller.key]
    key = sheet.add(
        Certificate,
        code=code,
        cooperative_id=cooperative,
        kind=wish.kind,
        grade=wish.grade,
        number=_number(place),
        issuer=KINDS[wish.kind].issuer or "Đơn vị chứng nhận bản thử",
        scope=_scope(wish),
        whole_seller=KINDS[wish.kind].whole,
        issued_on=first,
        expires_on=last,
        digest=digest,
        added_by_id=manager,
        added_at=sent,
        replaces_id=replaces,
        state=S.SUBMITTED,
        told_days=None,
        cleared_at=None,
    )
    sheet.audit(Cooperative, cooperative, "certificate_sent", manager, sent, certificate=code, kind=wish.kind)
    decision = None
    for verdict in AFTER.get(wish.state, ()):
        made = _decide(writer, seller, key, verdict)
        facts = {"certificate": code, "field": ""}
        officer = writer.people[seller.officer]
        sheet.audit(Cooperative, cooperative, f"certificate_{verdict.value}", officer, sent + ANSWERED_AFTER, **facts)
        if verdict is V.VERIFY:
            decision = made
            sheet.set_later(Certificate, key, state=S.VERIFIED)
    if wish.state not in {S.SUBMITTED, S.VERIFIED}:
        sheet.set_later(Certificate, key, state=wish.state)
    for goods in _goods(writer, wish, seller):
        link = {"certificate_id": key, "product_id": writer.products[goods.key]["id"], "added_by_id": manager}
        sheet.plain(CertificateProduct, **link, added_at=sent, decision_id=decision)
    return key


def _decide(writer: Writer, seller: Seller, key: int, verdict: CertificateVerdict) -> int:
    at = writer.now - SENT_BEFORE + ANSWERED_AFTER
    told = {"verdict": verdict, "field": "", "note": NOTES.get(verdict, "")}
    return writer.sheet.add(
        CertificateDecision, certificate_id=key, officer_id=writer.people[seller.officer], **told, decided_at=at
    )


def _goods(writer: Writer, wish: Wish, seller: Seller) -> list[Goods]:
    """Return up to three goods on sale that a certificate stands for; none where it stands for the whole seller."""
    if KINDS[wish.kind].whole:
        return []
    return [one for one in writer.market.goods if one.seller == seller.key and one.state == "live"][:3]
