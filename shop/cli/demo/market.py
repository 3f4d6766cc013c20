"""From the plan to rows: people, sellers, products with real decisions, waiting changes."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind, MemberRole, Membership
from cooperatives.photos.models import Photo, PhotoState, PhotoUse
from cooperatives.review.models import AdmissionDecision
from cooperatives.review.models import Verdict as AdmissionVerdict
from products.catalogue import TYPES, UNITS
from products.issues.models import RevisionIssue, Source
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.review.models import Decision, Verdict
from products.stock.models import Reason, StockMovement
from shop.accounts.models import LoginKind, LoginName, OfficerCommune, Role, RoleGrant, User
from shop.cli.demo.pictures import SIDE, Drawn, pictures_of
from shop.cli.demo.plan import DemoMarket, PlannedProduct
from shop.cli.demo.sheet import Sheet
from shop.core import clock
from shop.core.codes import public_code
from shop.core.text import slugify

STAFF = {"officer": Role.OFFICER, "helper": Role.HELPER, "admin": Role.ADMIN}
BANDS = {"mong": "#1f2a5c #d8332a #f2c230", "thai": "#1b1b2a #c8283c #3f8f5a", "dao": "#20242c #b8252c #e8b23c"}
BANDS |= {"hanhi": "#14233f #2f6fb0 #c83a4a", "lu": "#24182c #8a2b6e #e08a2a", "kinh": "#1f6b3a #2b3a8c #a8501a"}
SHELVES = {"paused": Shelf.PAUSED, "withdrawn": Shelf.WITHDRAWN}
NOT_APPROVED = {
    "draft": RevisionState.DRAFT,
    "submitted": RevisionState.SUBMITTED,
    "returned": RevisionState.RETURNED,
}
RETURNS = (
    ("photos", "photo_label", "Ảnh nhãn chưa rõ chữ. Chụp gần hơn, ngoài trời."),
    ("name", "name_unclear", "Ghi rõ thêm loại hàng trong tên."),
    ("price", "price_unusual", "Giá khác nhiều so với mọi khi. Xem lại giúp."),
    ("story", "text_short", "Viết thêm một câu về cách làm."),
)


class Writer:
    """Writes the plan onto a sheet; `drawn` are the photographs that lie in the storage."""

    def __init__(self, market: DemoMarket, drawn: dict[str, Drawn], seed: int) -> None:
        self.market, self.drawn = market, drawn
        self.sheet, self.rng, self.now = Sheet(), Random(seed), clock.now()
        self.officer_of: dict[str, int] = {}
        self.skus: dict[int, int] = {}  # place of the product -> SKU key
        self.revisions: dict[int, int] = {}  # place of the product -> approved revision key
        self.used_photos: set[tuple[int, str]] = set()

    def people(self) -> None:
        """Write the people with their sign-in names and staff roles."""
        start = self.now - timedelta(days=400)
        for person in self.market.people:
            user = {"name": person.name, "language": "vi", "phone": person.phone, "version": 1, "demo": True}
            key = self.sheet.add(User, **user, created_at=start)
            self.sheet.add(LoginName, user_id=key, kind=LoginKind.PHONE, value=person.phone, created_at=start)
            self.sheet.audit(User, key, "signed_up", key, start, kind="phone")
            if person.role in STAFF:
                self.sheet.add(RoleGrant, user_id=key, role=STAFF[person.role], valid_from=start)
            for code in person.communes:
                self.officer_of[code] = key
                self.sheet.add(OfficerCommune, user_id=key, commune_code=code, valid_from=start)

    def sellers(self) -> None:
        """Write the sellers, admitted by the officer of their commune."""
        for seller in self.market.sellers:
            at = self.now - timedelta(days=self.rng.randint(310, 390))
            manager = self.market.people[seller.manager]
            key = self.sheet.add(
                Cooperative,
                code=public_code(self.rng),
                slug=slugify(seller.name),
                name=seller.name,
                kind=Kind(seller.kind),
                commune_code=seller.commune_code,
                hamlet=seller.hamlet,
                contact_name=manager.name,
                contact_phone=manager.phone,
                story=seller.story,
                story_en=seller.story_en,
                story_hi="",
                band=BANDS[seller.people],
                state=CooperativeState.ACTIVE,
                demo=True,
                version=1,
                created_at=at,
                submitted_at=at,
                active_since=at,
            )
            officer = self.officer_of[seller.commune_code]
            decision = {"cooperative_id": key, "officer_id": officer, "note": "", "decided_at": at}
            self.sheet.add(AdmissionDecision, **decision, verdict=AdmissionVerdict.ADMIT)
            self.sheet.audit(Cooperative, key, "cooperative_admit", officer, at, note="")
            for place in (seller.manager, *seller.members):
                role = MemberRole.MANAGER if place == seller.manager else MemberRole.MEMBER
                member = {"cooperative_id": key, "user_id": place + 1, "role": role, "joined_at": at}
                self.sheet.add(Membership, code=public_code(self.rng), **member)

    def photos(self) -> None:
        """Write the photographs."""
        for one in self.drawn.values():
            photo = {"digest": one.digest, "width": SIDE, "height": SIDE, "size": one.size, "tries": 0}
            self.sheet.plain(Photo, **photo, state=PhotoState.READY, public_since=self.now, created_at=self.now)

    def products(self) -> None:
        """Write the products, then the waiting changes of live ones."""
        for place, planned in enumerate(self.market.products):
            self._product(place, planned)
        for edit in self.market.edits:
            planned = self.market.products[edit.product]
            words: dict[str, Any] = {"summary": edit.summary, "price": edit.price, "base_price": planned.price}
            sent = self.now - timedelta(hours=self.rng.randint(2, 60))
            key = self._revision(edit.product, planned, 2, RevisionState.SUBMITTED, sent, **words)
            self.sheet.audit(Product, edit.product + 1, "submitted", self._manager(planned), sent, revision=2)
            self._photos(key, planned)

    def _manager(self, planned: PlannedProduct) -> int:
        return self.market.sellers[planned.seller].manager + 1

    def _product(self, place: int, planned: PlannedProduct) -> None:
        made = self.now - timedelta(days=planned.days_old, minutes=self.rng.randint(0, 1400))
        sent, decided = made + timedelta(hours=1), made + timedelta(hours=self.rng.randint(3, 60))
        state = NOT_APPROVED.get(planned.state, RevisionState.APPROVED)
        if state in {RevisionState.SUBMITTED, RevisionState.DRAFT}:
            made = sent = self.now - timedelta(hours=self.rng.randint(2, 90))
        approved = state is RevisionState.APPROVED
        manager, code = self._manager(planned), public_code(self.rng)
        product = {"cooperative_id": planned.seller + 1, "created_by_id": manager, "created_at": made, "version": 1}
        key = self.sheet.add(
            Product,
            code=code,
            slug=slugify(planned.name),
            shelf=SHELVES.get(planned.state, Shelf.ON_SALE),
            approved_at=decided if approved else None,
            approved_revision_id=None,
            withdrawn_at=decided if planned.state == "withdrawn" else None,
            **product,
        )
        self.sheet.audit(Product, key, "draft_created", manager, made)
        revision = self._revision(place, planned, 1, state, sent, decided=decided)
        self._photos(revision, planned)
        if state is not RevisionState.DRAFT:
            self.sheet.audit(Product, key, "submitted", manager, sent, revision=1)
        if approved:
            self._approve(place, planned, key, code, revision, decided)
        elif state is RevisionState.RETURNED:
            self._return(planned, key, revision, decided)

    def _revision(
        self,
        place: int,
        planned: PlannedProduct,
        number: int,
        state: RevisionState,
        sent: datetime,
        *,
        decided: datetime | None = None,
        **words: Any,
    ) -> int:
        goods, manager = TYPES[planned.type_code], self._manager(planned)
        weighed = UNITS[planned.pack_word].base_unit == "g"
        draft, waiting = state is RevisionState.DRAFT, state is RevisionState.SUBMITTED
        facts = {"product_id": place + 1, "number": number, "state": state, "version": 1, "type_code": goods.code}
        key = self.sheet.add(
            ProductRevision,
            **facts,
            category=goods.category,
            pack_amount=planned.pack_amount,
            pack_word=planned.pack_word,
            proposed_price=words.get("price", planned.price),
            base_price=words.get("base_price"),
            proposed_quantity=planned.stock,
            ship_class=goods.ship_class,
            season_months=goods.season_months,
            net_grams=planned.pack_amount if weighed else None,
            packed_grams=None,
            shelf_life_days=planned.shelf_life_days,
            facts={},
            created_by_id=manager,
            created_at=sent,
            submitted_at=None if draft else sent,
            submitted_by_id=None if draft else manager,
            decided_at=None if draft or waiting else decided,
        )
        vi = {"name": planned.name, "summary": words.get("summary", planned.summary), "story": planned.story}
        self.sheet.plain(RevisionText, revision_id=key, lang="vi", **vi)
        en = {"name": planned.name_en, "summary": planned.summary_en, "story": planned.story_en}
        self.sheet.plain(RevisionText, revision_id=key, lang="en", **en)
        return key

    def _photos(self, revision: int, planned: PlannedProduct) -> None:
        digests = pictures_of(planned.type_code, planned.story_key, self.drawn)
        for position, digest in enumerate(digests):
            self.sheet.plain(RevisionPhoto, revision_id=revision, position=position, digest=digest)
            if (planned.seller, digest) not in self.used_photos:
                self.used_photos.add((planned.seller, digest))
                use = {"cooperative_id": planned.seller + 1, "digest": digest, "uploaded_by_id": self._manager(planned)}
                self.sheet.add(PhotoUse, **use, created_at=self.now)

    def _approve(self, place: int, planned: PlannedProduct, key: int, code: str, revision: int, at: datetime) -> None:  # noqa: PLR0917
        officer = self.officer_of[self.market.sellers[planned.seller].commune_code]
        decision = {"revision_id": revision, "number": 1, "officer_id": officer, "note": "", "effective_at": at}
        self.sheet.add(Decision, **decision, verdict=Verdict.APPROVE, decided_at=at)
        self.sheet.audit(Product, key, "approved", officer, at, revision=1)
        self.sheet.set_later(Product, key, approved_revision_id=revision)
        self.revisions[place] = revision
        self.skus[place] = self.sheet.add(
            Sku,
            code=f"{code}-1",
            product_id=key,
            position=0,
            pack_amount=planned.pack_amount,
            pack_word=planned.pack_word,
            price=planned.price,
            on_hand=planned.stock,
            held=0,
        )
        if planned.stock:
            self.moved(place, planned.stock, Reason.COUNTED, self._manager(planned), at)

    def _return(self, planned: PlannedProduct, key: int, revision: int, at: datetime) -> None:
        officer = self.officer_of[self.market.sellers[planned.seller].commune_code]
        field, rule, note = self.rng.choice(RETURNS)
        decision = {"revision_id": revision, "number": 1, "officer_id": officer, "note": note, "effective_at": at}
        self.sheet.add(Decision, **decision, verdict=Verdict.RETURN, decided_at=at)
        self.sheet.audit(Product, key, "returned", officer, at, revision=1, issues=[rule])
        issue = {"revision_id": revision, "source": Source.OFFICER, "field": field, "rule": rule, "params": {}}
        self.sheet.add(RevisionIssue, **issue, note=note, lang="vi", opened_at=at)

    def moved(
        self, place: int, delta: int, reason: Reason, actor: int | None, at: datetime, reference: str = ""
    ) -> None:
        """Write a movement of the stock of the product at `place`."""
        row = {"sku_id": self.skus[place], "delta": delta, "reason": reason, "reference": reference}
        self.sheet.add(StockMovement, **row, actor_id=actor, at=at)
