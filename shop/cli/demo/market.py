"""From the plan to rows: people, sellers, products with real decisions, changes that wait."""

from datetime import datetime
from random import Random
from typing import Any

from cooperatives.lifecycle import CooperativeState, Task
from cooperatives.models import BankAccount, Cooperative, Kind, MemberRole, Membership
from cooperatives.photos.models import Photo, PhotoState, PhotoUse
from cooperatives.review.models import AdmissionDecision, AdmissionIssue
from cooperatives.review.models import Verdict as AdmissionVerdict
from products.issues.models import RevisionIssue, Source
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.review.models import Decision, Verdict
from products.stock.models import Reason, StockMovement
from shop.cli.demo import joining, seconds
from shop.cli.demo.market_types import DemoMarket, Edit, Goods, Return, Seller
from shop.cli.demo.persons import Persons
from shop.cli.demo.pictures import SIDE, Drawn, digests_of
from shop.cli.demo.sellers import SECOND
from shop.cli.demo.sheet import Sheet
from shop.core import clock
from shop.core.codes import public_code
from shop.core.text import slugify

R = RevisionState
STATES = {"live": R.APPROVED, "paused": R.APPROVED, "draft": R.DRAFT, "submitted": R.SUBMITTED, "returned": R.RETURNED}


class Writer:
    """Writes the plan onto a sheet; `drawn` are the photographs that lie in the storage."""

    def __init__(self, market: DemoMarket, drawn: dict[str, Drawn], seed: int) -> None:
        self.market, self.drawn = market, drawn
        self.sheet, self.rng, self.now = Sheet(), Random(seed), clock.now()
        self.persons = Persons(self.sheet)
        self.people = self.persons.keys
        self.sellers: dict[str, int] = {}
        self.managers: dict[str, int] = {}  # key of the seller -> user
        self.goods: dict[str, Goods] = {one.key: one for one in market.goods}
        self.products: dict[str, dict[str, Any]] = {}
        self.skus: dict[str, int] = {}
        self.revisions: dict[str, int] = {}  # key of the goods -> approved revision
        self.used_photos: set[tuple[int, str]] = set()

    def write(self) -> None:
        """Write people, sellers, photographs and products; orders come after."""
        self.persons.staff_and_buyers(self.market, self.now)
        for seller in self.market.sellers:
            self._seller(seller)
        for one in self.drawn.values():
            photo = {"digest": one.digest, "width": SIDE, "height": SIDE, "size": one.size, "tries": 0}
            at = dict.fromkeys(("public_since", "created_at", "measured_at"), self.now)
            # Without looks: many sellers show the same drawing here, and none of them copied it.
            self.sheet.plain(Photo, **photo, state=PhotoState.READY, **at)
        for goods in self.market.goods:
            self._product(goods)

    def _seller(self, seller: Seller) -> None:
        at, state = self.now - seller.age, CooperativeState(seller.state)
        active, kind = state is CooperativeState.ACTIVE, Kind(seller.kind)
        key = self.sheet.add(
            Cooperative,
            code=public_code(self.rng),
            slug=slugify(seller.name),
            name=seller.name,
            kind=kind,
            **joining.numbers(kind, len(self.sellers) + 1),
            commune_code=seller.commune,
            hamlet=seller.hamlet,
            contact_name=seller.manager.name,
            contact_phone=seller.manager.phone,
            story=seller.story,
            story_en=seller.story_en,
            story_hi="",
            band=" ".join(seller.band),
            state=state,
            demo=True,
            version=1,
            created_at=at,
            submitted_at=at,
            active_since=at if active else None,
        )
        self.sellers[seller.key] = key
        self._belonging(seller, key, at)
        joining.bring(self.sheet, kind, key, self.managers[seller.key], at)
        if state is CooperativeState.SUBMITTED:
            return
        officer = self.people[seller.officer]
        note = "" if active else "Chưa rõ bản, thôn. Ghi thêm giúp rồi gửi lại."
        verdict = AdmissionVerdict.ADMIT if active else AdmissionVerdict.RETURN
        decision = {"cooperative_id": key, "officer_id": officer, "note": note, "decided_at": at}
        made = self.sheet.add(AdmissionDecision, **decision, verdict=verdict)
        if active:
            joining.show(self.sheet, kind, key, officer, at)
        else:
            self.sheet.add(AdmissionIssue, decision_id=made, cooperative_id=key, task=Task.PLACE, note=note)
        self.sheet.audit(Cooperative, key, f"cooperative_{verdict.value}", officer, at, note=note)

    def _belonging(self, seller: Seller, key: int, at: datetime) -> None:
        for person in (seller.manager, *seller.members):
            user = self.persons.add(person, at)
            role = MemberRole.MANAGER if person is seller.manager else MemberRole.MEMBER
            self.sheet.add(
                Membership, code=public_code(self.rng), cooperative_id=key, user_id=user, role=role, joined_at=at
            )
        self.managers[seller.key] = manager = self.people[seller.manager.key]
        account = {"bank_bin": seller.bank_bin, "number": seller.bank_number, "holder": seller.bank_holder}
        times = dict.fromkeys(("created_at", "due_at", "in_force_at"), at)
        self.sheet.add(
            BankAccount, code=public_code(self.rng), cooperative_id=key, **account, added_by_id=manager, **times
        )
        self.sheet.audit(Cooperative, key, "bank_account_set", manager, at, bank=seller.bank_bin)

    def _product(self, goods: Goods) -> None:
        made, state = self.now - goods.age, STATES[goods.state]
        approved = state is R.APPROVED
        decided = made + (self.now - made) * 0.2 if state in {R.APPROVED, R.RETURNED} else None
        manager = self.managers[goods.seller]
        key = self.sheet.add(
            Product,
            code=public_code(self.rng),
            slug=slugify(goods.name),
            cooperative_id=self.sellers[goods.seller],
            created_by_id=manager,
            created_at=made,
            version=1,
            shelf=Shelf.PAUSED if goods.state == "paused" else Shelf.ON_SALE,
            approved_at=decided if approved else None,
            approved_revision_id=None,
        )
        self.products[goods.key] = self.sheet.rows["products"][key - 1]
        self.sheet.audit(Product, key, "draft_created", manager, made)
        revision = self._revision(key, goods, 1, state, made, decided)
        if approved and decided:
            self._approved(key, goods, revision, decided)
        elif state is R.SUBMITTED and key % 2:
            seconds.look(self.sheet, goods, (key, revision), self.people[SECOND], made + (self.now - made) * 0.3)
        elif goods.returned and decided:
            self._returned(key, goods, 1, revision, goods.returned, decided)
        if goods.edit:
            self._edited(key, goods, goods.edit)

    def _edited(self, key: int, goods: Goods, edit: Edit) -> None:
        made = self.now - edit.age
        decided = made + edit.age * 0.5 if edit.returned else None
        revision = self._revision(key, goods, 2, STATES[edit.state], made, decided, edit=edit)
        if edit.returned and decided:
            self._returned(key, goods, 2, revision, edit.returned, decided)

    def _revision(  # noqa: PLR0917 - what a revision is made of
        self,
        product: int,
        goods: Goods,
        number: int,
        state: R,
        made: datetime,
        decided: datetime | None,
        *,
        edit: Edit | None = None,
    ) -> int:
        manager, sent = self.managers[goods.seller], None if state is R.DRAFT else made
        place = {"product_id": product, "number": number, "state": state, "version": 1}
        key = self.sheet.add(
            ProductRevision,
            **place,
            type_code=goods.type_code,
            category=goods.category,
            pack_amount=goods.pack_amount,
            pack_word=goods.unit,
            proposed_price=edit.price if edit else goods.price,
            base_price=goods.price if edit else None,
            proposed_quantity=goods.stock + goods.held,
            ship_class=goods.ship_class,
            season_months=goods.season_months,
            **goods.weights,
            shelf_life_days=goods.shelf_life_days,
            facts={"storage": {"vi": goods.storage, "en": goods.storage_en}},
            created_by_id=manager,
            created_at=made,
            submitted_at=sent,
            submitted_by_id=manager if sent else None,
            decided_at=decided,
        )
        self._words(key, goods, edit)
        self._photos(key, goods)
        if sent:
            self.sheet.audit(Product, product, "submitted", manager, sent, revision=number)
        return key

    def _words(self, revision: int, goods: Goods, edit: Edit | None) -> None:
        words = {"name": goods.name, "summary": edit.summary if edit else goods.summary}
        story = edit.story if edit else goods.story
        self.sheet.plain(RevisionText, revision_id=revision, lang="vi", **words, story=story)
        words = {"name": goods.name_en, "summary": goods.summary_en, "story": goods.story_en}
        self.sheet.plain(RevisionText, revision_id=revision, lang="en", **words)

    def _photos(self, revision: int, goods: Goods) -> None:
        cooperative, manager = self.sellers[goods.seller], self.managers[goods.seller]
        for position, digest in enumerate(digests_of(goods.photos, goods.type_code, self.drawn)):
            self.sheet.plain(RevisionPhoto, revision_id=revision, position=position, digest=digest)
            if (cooperative, digest) not in self.used_photos:
                self.used_photos.add((cooperative, digest))
                use = {"cooperative_id": cooperative, "digest": digest, "uploaded_by_id": manager}
                self.sheet.add(PhotoUse, **use, created_at=self.now)

    def _officer(self, goods: Goods) -> int:
        return self.people[next(one.officer for one in self.market.sellers if one.key == goods.seller)]

    def _approved(self, key: int, goods: Goods, revision: int, at: datetime) -> None:
        officer = self._officer(goods)
        decision = {"revision_id": revision, "number": 1, "officer_id": officer, "note": "", "reasons": []}
        times = {"decided_at": at, "effective_at": at, "carried_out_at": at}
        seconds.look(self.sheet, goods, (key, revision), self.people[SECOND], at)
        self.sheet.add(Decision, **decision, **times, verdict=Verdict.APPROVE)
        self.sheet.audit(Product, key, "approved", officer, at, revision=1)
        self.sheet.set_later(Product, key, approved_revision_id=revision)
        self.revisions[goods.key] = revision
        self.skus[goods.key] = self.sheet.add(
            Sku,
            code=f"{self.products[goods.key]['code']}-1",
            product_id=key,
            position=0,
            pack_amount=goods.pack_amount,
            pack_word=goods.unit,
            price=goods.price,
            on_hand=goods.stock + goods.held,
            held=goods.held,
        )

    def _returned(  # noqa: PLR0917 - what a decision is made of
        self, key: int, goods: Goods, number: int, revision: int, back: Return, at: datetime
    ) -> None:
        officer = self._officer(goods)
        decision = {"revision_id": revision, "number": number, "officer_id": officer, "note": back.note}
        times = {"decided_at": at, "effective_at": at, "carried_out_at": at}
        asked = [{"rule": back.rule, "field": back.field, "note": back.note}]
        self.sheet.add(Decision, **decision, **times, verdict=Verdict.RETURN, reasons=asked)
        self.sheet.audit(Product, key, "returned", officer, at, revision=number, issues=[back.rule])
        issue = {"revision_id": revision, "source": Source.OFFICER, "field": back.field, "rule": back.rule}
        self.sheet.add(RevisionIssue, **issue, params={}, note=back.note, lang="vi", opened_at=at)

    def moved(  # noqa: PLR0917 - the parts of a movement
        self, goods: str, delta: int, reason: Reason, actor: int | None, at: datetime, reference: str = ""
    ) -> None:
        """Write a movement of the stock of the goods with this key."""
        row = {"sku_id": self.skus[goods], "delta": delta, "reason": reason, "reference": reference}
        self.sheet.add(StockMovement, **row, actor_id=actor, at=at)
