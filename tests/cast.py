"""The cast of every test: who they are, what they have. Made in the test's own transaction."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind, MemberRole, Membership
from cooperatives.photos.models import Photo, PhotoState, PhotoUse
from cooperatives.review.models import AdmissionDecision
from cooperatives.review.models import Verdict as AdmissionVerdict
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.review.models import Decision, Verdict
from products.risk import needs_second
from products.search import services as search
from products.search.services import refresh
from products.seconds.models import FirstLook
from products.stock.models import Reason, StockMovement
from shop.accounts.models import LoginKind, LoginName, OfficerCommune, Role, RoleGrant, User
from shop.accounts.queries import officers_of_commune
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db, writing
from shop.core.text import slugify

BINH_LU, SIN_SUOI_HO, THAN_UYEN = "03390", "03394", "03595"


@dataclass
class Cast:
    """Ids, because rows expire at each commit; fetch with `cast.user("member")` and friends."""

    ids: dict[str, int]

    def user(self, name: str) -> User:
        return db.session.get_one(User, self.ids[name])

    def cooperative(self, name: str = "cooperative") -> Cooperative:
        return db.session.get_one(Cooperative, self.ids[name])

    def product(self, name: str = "tea") -> Product:
        return db.session.get_one(Product, self.ids[name])

    def sku(self, name: str = "tea") -> Sku:
        return self.product(name).skus[0]

    @property
    def member(self) -> User:
        """Giàng Thị Máy, manager of the cooperative in Bình Lư; she grows cardamom and tea."""
        return self.user("member")

    @property
    def second_member(self) -> User:
        """Lò Văn Tâm, plain member of the same cooperative."""
        return self.user("second_member")

    @property
    def stranger(self) -> User:
        """Tẩn Lở Mẩy, manager of another cooperative, in Sin Suối Hồ."""
        return self.user("stranger")

    @property
    def officer(self) -> User:
        """Nguyễn Thị Hoa, officer for Bình Lư and Sin Suối Hồ."""
        return self.user("officer")

    @property
    def officer_elsewhere(self) -> User:
        """Vàng Văn Sơn, officer for Than Uyên only."""
        return self.user("officer_elsewhere")

    @property
    def buyer(self) -> User:
        """Trần Minh Anh in Hà Nội."""
        return self.user("buyer")

    @property
    def helper(self) -> User:
        """Lý Thị Sua of the community digital team."""
        return self.user("helper")

    @property
    def admin(self) -> User:
        """Phạm Quốc Huy, who answers for the market in the province."""
        return self.user("admin")


PEOPLE = {
    "member": ("Giàng Thị Máy", "+84912000101"),
    "second_member": ("Lò Văn Tâm", "+84912000102"),
    "stranger": ("Tẩn Lở Mẩy", "+84912000103"),
    "officer": ("Nguyễn Thị Hoa", "+84912000104"),
    "officer_elsewhere": ("Vàng Văn Sơn", "+84912000105"),
    "buyer": ("Trần Minh Anh", "+84912000106"),
    "helper": ("Lý Thị Sua", "+84912000107"),
    "admin": ("Phạm Quốc Huy", "+84912000108"),
}


def make_cast() -> Cast:
    """Write the cast: two admitted cooperatives with a public product each, and their people."""
    with writing():
        people = {name: _person(*who) for name, who in PEOPLE.items()}
        db.session.flush()
        _roles(people)
        coop = make_cooperative("Hợp tác xã Chè Bình Lư", BINH_LU, people["member"], people["officer"])
        other = make_cooperative("Hộ Tẩn Lở Mẩy", SIN_SUOI_HO, people["stranger"], people["officer"], Kind.HOUSEHOLD)
        db.session.add(Membership(cooperative_id=coop.id, user_id=people["second_member"].id, role=MemberRole.MEMBER))
        tea = make_product(coop, people["member"], "Chè Shan tuyết Bình Lư", category="tea", price=120_000, on_hand=10)
        honey = make_product(
            other,
            people["stranger"],
            "Mật ong Sin Suối Hồ",
            category="honey",
            price=250_000,
            on_hand=5,
            pack=(500, "chai"),
        )
        refresh([tea.id, honey.id])
        ids = {name: person.id for name, person in people.items()}
        ids |= {"cooperative": coop.id, "other_cooperative": other.id, "tea": tea.id, "honey": honey.id}
    return Cast(ids)


def _person(name: str, phone: str) -> User:
    person = User(name=name, phone=phone, language="vi")
    person.login_names.append(LoginName(kind=LoginKind.PHONE, value=phone))
    db.session.add(person)
    return person


def _roles(people: dict[str, User]) -> None:
    start = clock.now() - timedelta(days=30)
    for name, role in (
        ("officer", Role.OFFICER),
        ("officer_elsewhere", Role.OFFICER),
        ("helper", Role.HELPER),
        ("admin", Role.ADMIN),
    ):
        db.session.add(RoleGrant(user_id=people[name].id, role=role, valid_from=start))
    for name, commune in (("officer", BINH_LU), ("officer", SIN_SUOI_HO), ("officer_elsewhere", THAN_UYEN)):
        db.session.add(OfficerCommune(user_id=people[name].id, commune_code=commune, valid_from=start))


def make_cooperative(
    name: str, commune: str, manager: User, officer: User, kind: Kind = Kind.COOPERATIVE
) -> Cooperative:
    """Write an admitted seller with its manager; both people are in the database already."""
    made = Cooperative(
        name=name,
        slug=slugify(name),
        kind=kind,
        commune_code=commune,
        contact_name=manager.name,
        contact_phone=manager.phone or "",
        state=CooperativeState.ACTIVE,
        active_since=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    db.session.add(Membership(cooperative_id=made.id, user_id=manager.id, role=MemberRole.MANAGER))
    db.session.add(AdmissionDecision(cooperative_id=made.id, officer_id=officer.id, verdict=AdmissionVerdict.ADMIT))
    return made


def make_photo(cooperative: Cooperative, person: User, digest: str) -> Photo:
    """Write a photo row without files (tests that show pixels upload real ones)."""
    photo = db.session.get(Photo, digest)
    if photo is None:
        photo = Photo(
            digest=digest, width=1600, height=1200, size=1000, state=PhotoState.READY, public_since=clock.now()
        )
        db.session.add(photo)
    db.session.add(PhotoUse(cooperative_id=cooperative.id, digest=digest, uploaded_by_id=person.id))
    db.session.flush()
    return photo


def make_product(
    cooperative: Cooperative,
    person: User,
    name: str,
    *,
    category: str,
    price: int,
    on_hand: int,
    pack: tuple[int, str] = (200, "goi"),
    state: RevisionState = RevisionState.APPROVED,
) -> Product:
    """Write a product with one revision; approved ones get a SKU and stand on the shelf."""
    product = Product(cooperative_id=cooperative.id, created_by_id=person.id, slug="san-pham")
    db.session.add(product)
    db.session.flush()
    revision = ProductRevision(
        product_id=product.id,
        number=1,
        state=state,
        category=category,
        pack_amount=pack[0],
        pack_word=pack[1],
        proposed_price=price,
        proposed_quantity=on_hand,
        created_by_id=person.id,
        submitted_at=clock.now(),
        submitted_by_id=person.id,
    )
    revision.texts.append(RevisionText(lang="vi", name=name, summary=f"{name}, hái tay và sao tại bản."))
    db.session.add(revision)
    db.session.flush()
    digest = f"{product.id:064x}"
    make_photo(cooperative, person, digest)
    db.session.add(RevisionPhoto(revision_id=revision.id, position=0, digest=digest))
    if state is RevisionState.APPROVED:
        revision.decided_at = product.approved_at = clock.now()
        product.approved_revision_id = revision.id
        sku = Sku(
            code=f"{product.code}-1",
            product_id=product.id,
            pack_amount=pack[0],
            pack_word=pack[1],
            price=price,
            on_hand=on_hand,
        )
        db.session.add(sku)
        db.session.flush()
        if on_hand:
            db.session.add(StockMovement(sku_id=sku.id, delta=on_hand, reason=Reason.COUNTED, actor_id=person.id))
    db.session.flush()
    _decide(revision, cooperative)
    search.refresh([product.id])  # as every decision does
    return product


def first_yes(revision: ProductRevision, officer: User) -> FirstLook:
    """Keep the yes of another officer, whoever it is, before this one approves goods that need two."""
    grants = select(RoleGrant.user_id).where(RoleGrant.role == Role.OFFICER, RoleGrant.user_id != officer.id)
    first = db.session.scalars(grants.order_by(RoleGrant.user_id)).first()
    look = FirstLook(revision_id=revision.id, number=revision.number, officer_id=first, said_at=clock.now())
    db.session.add(look)
    audit.record("first_look", revision.product, look.officer, revision=revision.number)
    return look


def _decide(revision: ProductRevision, cooperative: Cooperative) -> None:
    """Keep the decision behind a revision that was decided, if the commune has an officer."""
    verdict = next((one for one in Verdict if one.outcome is revision.state), None)
    officer = next(iter(officers_of_commune(cooperative.commune_code)), None)
    if verdict is None or officer is None:
        return
    values = {"revision_id": revision.id, "number": revision.number, "officer_id": officer.id, "verdict": verdict}
    if verdict is Verdict.APPROVE and needs_second(revision.category, revision.ship_class):
        first_yes(revision, officer)
    now = clock.now()
    db.session.add(Decision(note="Đã xem", decided_at=now, effective_at=now, carried_out_at=now, **values))
    audit.record(verdict.outcome, revision.product, officer, revision=revision.number)
