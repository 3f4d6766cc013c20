"""What may be offered instead of missing goods, what the database holds of it, and what `flask verify` would find."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from products.lifecycle import SeasonWord, Shelf
from products.stock.models import HoldState, StockHold
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.orders.changes import services as changes
from shop.orders.changes.models import ChangeLine
from shop.orders.changes.substitutes import Instead, choices
from shop.orders.models import OrderLine
from shop.payments.changing import services
from tests.cast import make_product
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of, violations
from tests.shop.payments.changing.instead import MUSTARD, end, offer, stock, with_mustard

TEA = 120_000


@pytest.mark.parametrize("how", ["without", "withdraw"])
def test_offered_once_in_an_order(cast, how):
    code = accepted(cast)
    end(cast, offer(cast, code, 2), how)
    assert cast.sku("mustard").id not in {line.sku_id for line in choices(order_of(code), "vi")}
    with pytest.raises(Invalid) as refused:
        offer(cast, code, 1)
    assert refused.value.field.startswith("instead")
    assert violations() == []


def test_what_may_be_offered_is_what_a_cart_may_hold(cast):
    code = accepted(cast)
    with_mustard(cast)
    found = {line.sku_code for line in choices(order_of(code), "vi")}
    assert cast.sku("mustard").code in found
    assert not found & {cast.sku(name).code for name in ("tea", "greens", "honey")}, "in the order, or another's"
    with writing():
        make_product(cast.cooperative(), cast.member, "Nấm", category="tea", price=1_000, on_hand=0)
        scales = make_product(cast.cooperative(), cast.member, "Gà", category="tea", price=9_000, on_hand=3)
        scales.approved.net_grams, scales.approved.weighed_within = 1_800, 10
    assert {line.sku_code for line in choices(order_of(code), "vi")} == found
    with writing():
        cast.sku("mustard").retired_at = clock.now()
    assert {line.sku_code for line in choices(order_of(code), "vi")} == found - {cast.sku("mustard").code}


@pytest.mark.parametrize(
    ("of", "values"),
    [
        ("product", {"season_word": SeasonWord.OFF}),
        ("product", {"shelf": Shelf.PAUSED}),
        ("revision", {"ship_class": "live"}),  # ordered by telephone
        ("revision", {"ship_class": "chilled"}),  # the parcel goes by post
        ("revision", {"least_packs": 6}),  # more than there are
        ("sku", {"held": 5}),
    ],
)
def test_what_a_cart_may_not_hold_is_not_offered(cast, of, values):
    code = accepted(cast)
    with_mustard(cast)
    assert cast.sku("mustard").code in {line.sku_code for line in choices(order_of(code), "vi")}
    with writing():
        product = cast.product("mustard")
        for name, value in values.items():
            setattr({"product": product, "revision": product.approved, "sku": product.skus[0]}[of], name, value)
    assert cast.sku("mustard").code not in {line.sku_code for line in choices(order_of(code), "vi")}
    with pytest.raises(Invalid) as refused:
        offer(cast, code, 1)
    assert refused.value.field.startswith("instead")


def test_as_many_as_the_seller_sends_at_once(cast):
    code = accepted(cast)
    with_mustard(cast)
    with writing():
        revision = cast.product("mustard").approved
        revision.least_packs, revision.step_packs = 2, 2
    with pytest.raises(Invalid) as refused:
        offer(cast, code, 1, packs=3)
    assert refused.value.field.startswith("packs_instead")
    assert change_of(offer(cast, code, 1, packs=4)).substitutes[0].after == 4


@pytest.mark.parametrize(
    ("there", "packs", "field"),
    [(1, 0, "packs_instead"), (1, 6, "packs_instead"), (1, 1_000, "packs_instead"), (3, 1, "instead")],
)
def test_what_cannot_be_offered(cast, there, packs, field):
    code = accepted(cast)
    order = order_of(code)
    first, second = (line.id for line in order.lines)
    wanted = {first: Instead(with_mustard(cast), packs)}
    with pytest.raises(Invalid) as refused, writing():
        changes.propose(order_of(code), {first: there, second: 2}, "", cast.member, instead=wanted)
    assert refused.value.field == f"{field}{first}"
    assert (order_of(code).asking, stock(cast)) == (False, (5, 0))
    assert not db.session.scalar(select(OrderLine.id).where(OrderLine.quantity == 0))


def test_the_same_goods_not_for_two_lines(cast):
    code = accepted(cast)
    first, second = (line.id for line in order_of(code).lines)
    twice = dict.fromkeys((first, second), Instead(with_mustard(cast), 1))
    with pytest.raises(Invalid) as refused, writing():
        changes.propose(order_of(code), {first: 1, second: 1}, "", cast.member, instead=twice)
    assert refused.value.field == f"instead{second}"


def test_somebody_was_quicker(cast, monkeypatch):
    """The page saw five; between reading and holding another order took them."""
    code = accepted(cast)
    with_mustard(cast)
    seen = choices(order_of(code), "vi")
    with writing():
        cast.sku("mustard").held = 4
    monkeypatch.setattr("shop.orders.changes.substitutes.choices", lambda *_of: seen)
    with pytest.raises(Invalid) as refused:
        offer(cast, code, 1)
    assert refused.value.field.startswith("packs_instead")
    assert not order_of(code).asking
    assert not db.session.query(StockHold).filter_by(reference=code, sku_id=cast.sku("mustard").id).count()


def test_what_is_left_is_never_nothing_to_pay(cast):
    """The last guard: whatever the rows said before, no answer makes an order that costs nothing."""
    code = accepted(cast)
    change = ask(cast, code, 1)
    with writing():
        order = order_of(code)
        order.adjusted = -(order.total - 2 * TEA)  # so that the answer would bring it to 0
    with pytest.raises(DomainError), writing():
        services.agree(change_of(change), None)
    assert (order_of(code).asking, change_of(change).is_open) == (True, True)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (OrderLine, {"instead_of_id": None}),
        (OrderLine, {"quantity": 1, "total": MUSTARD}),
        (ChangeLine, {"packs": 1}),
        (ChangeLine, {"after": 0, "packs": 0}),
    ],
)
def test_the_database_holds_it(cast, table, values):
    code = accepted(cast)
    end(cast, offer(cast, code, 1), "agree")
    mine = OrderLine.instead_of_id.is_not(None) if table is OrderLine else ChangeLine.before == 0
    with pytest.raises(IntegrityError), writing():
        db.session.execute(update(table).where(mine).values(**values))


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        (OrderLine, {"price": TEA + 1}, "instead of what is missing"),
        (OrderLine, {"sku_id": "honey"}, "another seller's"),
        (ChangeLine, {"before": 9, "packs": 2}, "instead of what is missing"),
        (StockHold, {"quantity": 1}, "its hold"),
        (StockHold, {"state": HoldState.FREED, "ended_at": clock.now()}, "its hold"),
    ],
)
@pytest.mark.parametrize("how", [None, "agree"])
def test_verify_finds_what_is_broken(cast, how, table, values, words):
    code = accepted(cast)
    change = offer(cast, code, 1)
    if how:
        end(cast, change, how)
    elif "packs" in values:
        values = {"before": 9}
    mustard = cast.sku("mustard").id
    mine = {
        OrderLine: OrderLine.instead_of_id.is_not(None),
        ChangeLine: ChangeLine.before == 0,
        StockHold: (StockHold.sku_id == mustard) & (StockHold.reference == code),
    }[table]
    assert violations() == []
    with writing():
        found = {name: cast.sku(value).id if name == "sku_id" else value for name, value in values.items()}
        db.session.execute(update(table).where(mine).values(**found))
    assert any(words in said for said in violations())


def test_a_pack_is_never_for_nothing(cast):
    with_mustard(cast, "pins", price=3)
    code = accepted(cast, pins=2, tea=1)
    with pytest.raises(Invalid) as refused:
        offer(cast, code, 1, packs=4)
    assert refused.value.field.startswith("packs_instead")
    assert change_of(offer(cast, code, 1, packs=3)).substitutes[0].line.price == 1
