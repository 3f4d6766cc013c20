"""A sum shared over orders adds up to the đồng, whatever the orders are."""

from hypothesis import example, given
from hypothesis import strategies as st

from shop.vouchers.policies import most_off
from shop.vouchers.sharing import shares

BASKETS = st.lists(st.tuples(st.integers(1, 30_000_000), st.integers(0, 100)), min_size=1, max_size=6)


@given(st.integers(0, 40_000_000), BASKETS)
@example(100, [(1, 100), (1, 100), (1, 100)])
@example(50_000, [(1, 100), (30_000_000, 1)])
def test_shares_add_up_and_none_is_above_its_room(amount, baskets):
    goods = [one for one, _percent in baskets]
    room = [one * percent // 200 for one, percent in baskets]
    found = shares(amount, goods, room)
    assert sum(found) == min(amount, sum(room))
    assert all(0 <= part <= most for part, most in zip(found, room, strict=True))


@given(st.integers(0, 1_000_000), st.lists(st.integers(2_000_000, 30_000_000), min_size=1, max_size=6))
def test_where_there_is_room_a_share_is_its_proportion_to_the_dong(amount, goods):
    whole = sum(goods)
    for part, one in zip(shares(amount, goods, goods), goods, strict=True):
        assert abs(part * whole - amount * one) < whole


@given(st.integers(1, 10_000_000), st.integers(0, 10_000_000), st.integers(1, 999))
def test_half_of_the_usual_price_is_always_paid(price, more, packs):
    off = most_off(price, price + more, packs)
    assert off >= 0
    assert (price * packs - off) * 2 >= min(price * 2, price + more) * packs
    assert off * 2 <= price * packs
