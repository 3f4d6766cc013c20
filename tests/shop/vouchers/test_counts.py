"""Whether a voucher counts, and the count of its uses, each rule by itself: the page and the books both ask."""

from datetime import timedelta

import pytest

from cooperatives.lifecycle import CooperativeState
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.vouchers import policies, queries, services
from shop.vouchers.models import VoucherKind, VoucherPerson
from shop.vouchers.people import Buyer, digests
from shop.vouchers.policies import Basket
from shop.vouchers.services import VoucherGone
from tests.cooperatives.helping import helped
from tests.shop.vouchers.making import found, voucher

ANH, OTHER = "+84912000106", "+84912000999"


def basket(cast, seller="cooperative", goods=200_000, room=100_000):
    one = cast.cooperative(seller)
    return Basket(one.id, one.commune_code, goods, room)


def take(code="TET2027", phone=ANH, account=None):
    with writing():
        return services.take(found(code).id, Buyer(phone, account, ordered=False))


def uses(code="TET2027"):
    return found(code).uses, sorted(row.uses for row in db.session.query(VoucherPerson).populate_existing())


@pytest.mark.parametrize(("reach", "counts"), [({}, [1, 1]), ({"communes": True}, [1, 0]), ({"sellers": True}, [1, 0])])
def test_for_whose_goods_it_counts(cast, reach, counts):
    chosen = {"communes": [cast.cooperative().commune_code], "sellers": [cast.cooperative().id]}
    voucher(cast, "LAICHAU", None, **{name: chosen[name] for name in reach})
    baskets = [basket(cast), basket(cast, "other_cooperative")]
    assert [int(policies.counts_for(found("LAICHAU"), one)) for one in baskets] == counts
    assert (policies.not_for(found("LAICHAU"), baskets[1:]) is None) is bool(counts[1])


def test_a_sellers_own_counts_for_no_other(cast):
    voucher(cast)
    assert policies.counts_for(found(), basket(cast))
    assert not policies.counts_for(found(), basket(cast, "other_cooperative"))


def test_over_before_and_after_its_days_ended_and_used_up(cast):
    voucher(cast, uses_most=1)
    now, one = clock.now(), found()
    assert policies.over(one, now) is None
    assert policies.over(one, one.starts_at - timedelta(seconds=1))
    assert policies.over(one, one.starts_at) is None
    assert policies.over(one, one.ends_at)
    assert policies.over(one, one.ends_at - timedelta(seconds=1)) is None
    take()
    assert policies.over(found(), now)


def test_from_so_much_of_goods_on_and_where_something_can_be_taken_off(cast):
    voucher(cast, least_goods=200_000)
    assert policies.not_for(found(), [basket(cast)]) is None
    assert policies.not_for(found(), [basket(cast, goods=199_999)])
    assert policies.not_for(found(), [basket(cast, room=0)])
    assert policies.not_for(found(), [])


def test_by_whom_so_often(cast):
    voucher(cast, person_most=2, first_only=True)
    assert policies.not_by(found(), [1, 0], ordered=False) is None
    assert policies.not_by(found(), [0, 2], ordered=False)
    assert policies.not_by(found(), [], ordered=True)
    voucher(cast, "MUA2027")
    assert policies.not_by(found("MUA2027"), [], ordered=True) is None


def test_no_share_of_nothing(cast):
    voucher(cast, "LAICHAU", None, value=10_000)
    baskets = [basket(cast), basket(cast, "other_cooperative", room=0)]
    assert policies.taken_off(found("LAICHAU"), baskets) == {cast.ids["cooperative"]: 10_000}


def test_a_percentage_stops_at_its_most(cast):
    voucher(cast, kind=VoucherKind.PERCENT, value=10, most=15_000)
    assert [policies.worth(found(), goods) for goods in (149_999, 150_000, 900_000)] == [14_999, 15_000, 15_000]


def test_a_use_is_counted_for_number_and_account(cast):
    voucher(cast, person_most=2)
    take(account=cast.ids["buyer"])
    assert uses() == (1, [1, 1])
    assert sorted(queries.uses_of(found(), Buyer(OTHER, cast.ids["buyer"], ordered=True))) == [1]
    assert sorted(queries.uses_of(found(), Buyer(ANH, None, ordered=True))) == [1]
    take(phone=OTHER, account=cast.ids["buyer"])
    assert uses() == (2, [1, 1, 2])
    with pytest.raises(VoucherGone):
        take(phone="+84912000888", account=cast.ids["buyer"])


def test_uses_are_those_of_one_voucher(cast):
    voucher(cast, person_most=1)
    voucher(cast, "MUA2027", person_most=3)
    buyer = Buyer(ANH, None, ordered=True)
    for _ in range(2):
        take("MUA2027")
    assert (queries.uses_of(found(), buyer), queries.uses_of(found("MUA2027"), buyer)) == ([], [2])
    assert not set(digests(found().id, buyer)) & set(digests(found("MUA2027").id, buyer)), "recognised by neither"
    take()
    with pytest.raises(VoucherGone):
        take()
    take("MUA2027")
    with pytest.raises(VoucherGone):
        take("MUA2027")


@pytest.mark.parametrize("why", ["used up", "ended", "not yet", "over"])
def test_no_use_is_counted_where_it_counts_no_more(cast, why):
    """The last guard, where a buyer's page is older than the end."""
    now = clock.now()
    days = {
        "not yet": {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=2)},
        "over": {"starts_at": now - timedelta(days=2), "ends_at": now + timedelta(seconds=30)},
    }
    voucher(cast, uses_most=1, **days.get(why, {}))
    if why == "used up":
        take(phone=OTHER)
    if why == "ended":
        with writing():
            services.end(found(), cast.member)
    if why == "over":
        clock.set_for_tests(now + timedelta(minutes=1))
    before = uses()
    with pytest.raises(VoucherGone) as gone:
        take()
    assert (gone.value.code, uses()) == ("TET2027", before)


def test_ended_alone(cast):
    voucher(cast)
    voucher(cast, "MUA2027")
    with writing():
        services.end(found(), cast.member)
    assert policies.over(found(), clock.now())
    assert policies.over(found("MUA2027"), clock.now()) is None


def test_given_back_for_one_voucher_and_its_people_alone(cast):
    for code in ("TET2027", "MUA2027"):
        voucher(cast, code, person_most=3)
        take(code)
    take("TET2027", phone=OTHER)
    with writing():
        services.give_back(found().id, digests(found().id, Buyer(ANH, None, ordered=True)))
    assert (found().uses, found("MUA2027").uses) == (1, 1)
    assert queries.uses_of(found(), Buyer(ANH, None, ordered=True)) == [0]
    assert queries.uses_of(found(), Buyer(OTHER, None, ordered=True)) == [1]
    assert queries.uses_of(found("MUA2027"), Buyer(ANH, None, ordered=True)) == [1]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("value", {"value": 0}),
        ("most", {"most": 5_000}),
        ("uses_most", {"uses_most": 0}),
        ("uses_most", {"uses_most": services.MOST_USES + 1}),
        ("person_most", {"person_most": 0}),
        ("person_most", {"person_most": 101}),
        ("ends_on", {"ends_at": clock.now() - timedelta(hours=1)}),
        ("ends_on", {"ends_at": clock.now() + timedelta(days=366)}),
        ("code", {"code": "Tết"}),
    ],
)
def test_what_cannot_be_promised(cast, field, changes):
    with pytest.raises(Invalid) as problem:
        voucher(cast, **{"code": "TET2027"} | changes)
    assert problem.value.field == field


def test_each_reads_the_own_ones_by_their_code(cast):
    for code, seller in (("TET2027", "cooperative"), ("MUA2027", "cooperative"), ("LAICHAU", None), ("TINH2027", None)):
        voucher(cast, code, seller)
    member: User = cast.member
    for code in ("TET2027", "MUA2027"):
        assert db.session.scalars(queries.one_for(member, code)).one().code == code
        assert db.session.scalars(queries.of_province_by(code)).first() is None
    for code in ("LAICHAU", "TINH2027"):
        assert db.session.scalars(queries.of_province_by(code)).one().code == code
        assert db.session.scalars(queries.one_for(member, code)).first() is None


def test_the_province_chooses_among_open_sellers(cast):
    with writing():
        cast.cooperative("other_cooperative").state = CooperativeState.CLOSED
    assert [one.id for one in queries.sellers()] == [cast.ids["cooperative"]]


def test_who_answers_for_two_sellers_chooses_for_which(browser, cast):
    from cooperatives.models import MemberRole, Membership
    from tests.shop.vouchers.test_make import send

    with writing():
        place = {"cooperative_id": cast.ids["other_cooperative"], "user_id": cast.ids["member"]}
        db.session.add(Membership(**place, role=MemberRole.MANAGER))
    browser.sign_in(cast.member)
    browser.get("/my/vouchers/new")
    offered = [one.get("value") for one in browser.all("select[name=seller] option")]
    codes = {seller: cast.cooperative(seller).code for seller in ("cooperative", "other_cooperative")}
    assert set(codes.values()) <= set(offered)
    for number, (seller, code) in enumerate(codes.items()):
        assert send(browser, seller=code, code=f"TET202{number}").status_code == 302
        assert found(f"TET202{number}").cooperative_id == cast.ids[seller]


def test_a_look_at_the_form_is_no_mistake_and_a_helper_has_none(browser, cast):
    browser.sign_in(cast.member)
    assert browser.get("/my/vouchers/new").status_code == 200
    helped.helping(browser, cast)
    assert browser.get("/my/vouchers/new").status_code == 403
