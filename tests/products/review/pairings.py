"""What may happen to goods that wait, in pairs: who does what, and what is there after both, whichever came first.

`EXPECTED` says it of each act (row) that is followed by another (column, in the order of the rows): whether either was
done (+) or refused (-), and then, once ten seconds are over, the fate of the goods:

    W waits for an officer    N waits under a new number    D a draft again     X off the shelf for good
    A approved and public     R returned                    J rejected          small: the seller is off the market
"""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import update

from cooperatives import services as cooperatives
from cooperatives.helping import services as helping
from cooperatives.helping.models import Scope
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Invitation, MemberRole
from cooperatives.standing import services as standing
from products import queries, services
from products.lifecycle import RevisionState, Shelf
from products.models import Product
from products.photos import services as photos
from products.review import services as review
from products.review import tasks
from products.review.models import UNDO, Verdict
from products.search.tasks import refresh_sellers
from shop.accounts.absences import services as absences
from shop.accounts.models import OfficerAbsence, OfficerCommune, Role, RoleGrant, User
from shop.accounts.staff import services as staff
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import DomainError
from tests.cast import BINH_LU, THAN_UYEN, Cast, make_cooperative, make_photo
from tests.products.complete import VALUES


class Case(NamedTuple):
    """Goods of one seller that wait under number 1, and their people, by id.

    The officer who decides stands in for one who is away; the seller's manager has invited him to join.
    """

    goods: int
    seller: int
    manager: int
    away: int
    officer: int
    successor: int
    admin: int
    absence: int
    invitation: int

    @property
    def product(self) -> Product:
        return db.session.get_one(Product, self.goods)

    @property
    def cooperative(self) -> Cooperative:
        return db.session.get_one(Cooperative, self.seller)


def person(key: int) -> User:
    return db.session.get_one(User, key)


def begin(cast: Cast, name: str, acts: set[str]) -> Case:
    """Make a case in which these acts may be done: something to undo or to carry out, somebody to bring back."""
    with writing():
        case = _waiting(cast, name)
    if acts & {"undo", "effect"}:
        done(case, "approve")
    if "restore" in acts:
        done(case, "suspend")
    if "effect" in acts:
        clock.pass_for_tests(UNDO)
    return case


def _waiting(cast: Cast, name: str) -> Case:
    people = [User(name=f"{who} {name}", language="vi") for who in ("Chủ nhiệm", "Đi vắng", "Trực thay", "Kế nhiệm")]
    db.session.add_all(people)
    db.session.flush()
    manager, away, officer, successor = people
    officer.phone = f"+8498{officer.id:07d}"
    start = clock.after(days=-1)
    for one, commune in ((away, BINH_LU), (officer, THAN_UYEN), (successor, THAN_UYEN)):
        db.session.add(RoleGrant(user_id=one.id, role=Role.OFFICER, valid_from=start))
        db.session.add(OfficerCommune(user_id=one.id, commune_code=commune, valid_from=start))
    seller = make_cooperative(f"Hợp tác xã {name}", BINH_LU, manager, away)
    absence = absences.enter(away, officer, today(), today(), cast.admin)
    invitation = cooperatives.invite(seller, officer.phone, MemberRole.MEMBER, manager)
    product = services.create_draft(seller, manager, f"key of {name}")
    services.save_draft(services.editable(product, manager), VALUES | {"name": f"Miến {name}"}, manager)
    make_photo(seller, manager, f"{product.id:064x}")
    photos.add(product, f"{product.id:064x}", manager)
    services.submit(product, manager)
    db.session.flush()
    keys = (product.id, seller.id, manager.id, away.id, officer.id, successor.id, cast.admin.id)
    return Case(*keys, absence.id, invitation.id)


# What people do, each in its own transaction.
def _decide(verdict: Verdict) -> Callable[[Case], object]:
    return lambda case: review.decide(case.product, 1, person(case.officer), verdict, "Một lời")


def undo(case: Case) -> None:
    review.undo(case.product, 1, person(case.officer))


def suspend(case: Case) -> None:
    standing.suspend(case.cooperative, person(case.admin), "Một lời")


def restore(case: Case) -> None:
    standing.restore(case.cooperative, person(case.admin))


def edit(case: Case) -> None:
    """The seller takes it back and writes other words."""
    manager = person(case.manager)
    services.take_back(case.product, manager)
    services.save_draft(services.editable(case.product, manager), {"name": "Miến khác"}, manager)


def resubmit(case: Case) -> None:
    """The same, and sent anew."""
    edit(case)
    services.submit(case.product, person(case.manager))


def withdraw(case: Case) -> None:
    services.withdraw(case.product, person(case.manager))


def join(case: Case) -> None:
    """The officer becomes a member of the cooperative."""
    cooperatives.accept_invitation(db.session.get_one(Invitation, case.invitation), person(case.officer))


def help_(case: Case) -> None:
    """The officer is given the seller's consent to act for it."""
    helping.give(case.cooperative, person(case.officer), person(case.manager), helping.Terms(tuple(Scope), 12))


def move(case: Case) -> None:
    """The commune goes from the officer who is away to a third one."""
    for key, communes in ((case.away, [THAN_UYEN]), (case.successor, [BINH_LU])):
        staff.grant(person(key), Role.OFFICER, communes, person(case.admin))


def back(case: Case) -> None:
    """The officer who was away is back: nobody stands in for him any more."""
    absences.finish(db.session.get_one(OfficerAbsence, case.absence), person(case.admin))


ACTS: dict[str, Callable[[Case], object]] = {
    "approve": _decide(Verdict.APPROVE),
    "return": _decide(Verdict.RETURN),
    "reject": _decide(Verdict.REJECT),
    "undo": undo,
    "effect": lambda _case: tasks.carry_out_due(),
    "suspend": suspend,
    "restore": restore,
    "edit": edit,
    "withdraw": withdraw,
    "resubmit": resubmit,
    "join": join,
    "help": help_,
    "move": move,
    "back": back,
}


EXPECTED = """
approve  +-A +-A +-A -+W -+A ++w -+W ++D ++X ++N ++W ++W ++W ++W
return   +-R +-R +-R -+W -+A ++w -+W ++D ++X ++N ++W ++W ++W ++W
reject   +-J +-J +-J -+W -+A ++w -+W ++D ++X ++N ++W ++W ++W ++W
undo     ++A ++R ++J +-W -+A ++w ++W ++D ++X ++N ++W ++W ++W ++W
effect   +-A +-A +-A +-A ++A ++a ++W +-A ++X +-A ++A ++A ++A ++A
suspend  +-w +-w +-w ++w ++w +-w -+W ++d ++x +-w ++w ++w ++w ++w
restore  ++A ++R ++J ++W ++A ++w +-W ++D ++X ++N ++W ++W ++W ++W
edit     +-D +-D +-D ++D ++D ++d ++D +-D ++X +-D ++D ++D ++D ++D
withdraw +-X +-X +-X ++X ++X ++x ++X +-X +-X +-X ++X ++X ++X ++X
resubmit +-N +-N +-N ++N ++N ++n -+W ++D ++X ++N ++N ++N ++N ++N
join     +-W +-W +-W ++W ++W ++w ++W ++D ++X ++N +-W ++W ++W ++W
help     +-W +-W +-W ++W ++W ++w ++W ++D ++X ++N ++W ++W ++W ++W
move     +-W +-W +-W ++W ++W ++w ++W ++D ++X ++N ++W ++W ++W ++W
back     +-W +-W +-W ++W ++W ++w ++W ++D ++X ++N ++W ++W ++W +-W
"""
_ROWS = [line.split() for line in EXPECTED.strip().splitlines()]
TABLE: dict[tuple[str, str], str] = {
    (first, second): cell for first, *cells in _ROWS for (second, *_), cell in zip(_ROWS, cells, strict=True)
}


def done(case: Case, act: str, half_done: Callable[[], object] = lambda: None) -> bool:
    """Do it, in its own transaction; False where it was refused. `half_done` is called before the commit."""
    if act == "effect":
        ACTS[act](case)
        return True
    try:
        with writing():
            ACTS[act](case)
            db.session.flush()
            half_done()
    except DomainError:
        return False
    return True


def fate(case: Case) -> str:
    """What became of the goods once the ten seconds are over, as a letter of EXPECTED."""
    db.session.rollback()
    clock.pass_for_tests(UNDO)
    tasks.carry_out_due()
    refresh_sellers()  # search follows a seller by its sweep
    _let_go(case)
    clock.set_for_tests(None)
    product, revision = case.product, queries.last_revision(case.product)
    assert revision is not None
    letters = {
        RevisionState.APPROVED: "A",
        RevisionState.RETURNED: "R",
        RevisionState.REJECTED: "J",
        RevisionState.DRAFT: "D",
        RevisionState.SUBMITTED: "W" if revision.number == 1 else "N",
    }
    letter = "X" if product.shelf is Shelf.WITHDRAWN else letters[revision.state]
    sells = case.cooperative.state is CooperativeState.ACTIVE
    public = db.session.scalar(queries.public(Product.id).where(Product.id == case.goods)) is not None
    assert public is (letter == "A" and sells), "public is what was approved and is on the market, nothing else"
    return letter if sells else letter.lower()


def _let_go(case: Case) -> None:
    """The officers of a case answer for no commune any more: nobody is told of the goods of a hundred others."""
    theirs = OfficerCommune.user_id.in_([case.away, case.officer, case.successor]), OfficerCommune.valid_to.is_(None)
    with writing():
        db.session.execute(update(OfficerCommune).where(*theirs).values(valid_to=clock.after(seconds=1)))


def marks(*outcomes: bool) -> str:
    """How two acts went, as in EXPECTED."""
    return "".join("+" if one else "-" for one in outcomes)
