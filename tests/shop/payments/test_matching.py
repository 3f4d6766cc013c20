"""Which orders an amount pays: nothing is guessed (reliability, row 28)."""

import pytest

from shop.payments.transfers.matching import Due, Stand, match
from shop.payments.transfers.models import Doubt

A, B, C = "LC48172063", "LC11111117", "LC22222224"


def due(code: str = A, amount: int = 250_000, stand: Stand = Stand.OPEN, came: int = 0) -> Due:
    return Due(code, {A: 1, B: 2, C: 3}[code], amount, stand, came)


def found(amount: int, codes: list[str], *dues: Due) -> tuple[list[str], Doubt | None]:
    result = match(amount, codes, {one.code: one for one in dues})
    return [one.code for one in result.pays], result.doubt


@pytest.mark.parametrize(
    ("amount", "codes", "dues", "pays", "doubt"),
    [
        (250_000, [A], [due()], [A], None),
        (250_000, [], [due()], [], Doubt.NO_CODE),
        (250_000, [B], [due()], [], Doubt.UNKNOWN),
        (249_999, [A], [due()], [], Doubt.SHORT),
        (250_001, [A], [due()], [], Doubt.OVER),
        (250_000, [A], [due(stand=Stand.PAID)], [], Doubt.TWICE),
        (250_000, [A], [due(stand=Stand.CLOSED)], [], Doubt.CANCELLED),
        (250_000, [A], [due(stand=Stand.LATE)], [A], None),
        (150_000, [A], [due(came=100_000)], [A], None),
        (250_000, [A], [due(came=100_000)], [A], None),
        (140_000, [A], [due(came=100_000)], [], Doubt.SHORT),
        (160_000, [A], [due(came=100_000)], [], Doubt.OVER),
        (350_000, [A, B], [due(), due(B, 100_000)], [A, B], None),
        (250_000, [A, B], [due(), due(B, 100_000)], [], Doubt.SEVERAL),
        (350_001, [A, B], [due(), due(B, 100_000)], [], Doubt.SEVERAL),
        (250_000, [A, B], [due(), due(B, 250_000)], [], Doubt.SEVERAL),
        (250_000, [A, B], [due(), due(B, 100_000, Stand.PAID)], [A], None),
        (350_000, [A, B], [due(), due(B, 100_000, Stand.PAID)], [], Doubt.SEVERAL),
        (250_000, [A, C], [due()], [A], None),  # C is an accident of digits, or another seller's
        (350_000, [A, B], [due(stand=Stand.LATE), due(B, 100_000)], [A, B], None),
    ],
)
def test_only_what_is_sure_pays(amount, codes, dues, pays, doubt):
    assert found(amount, codes, *dues) == (pays, doubt)


def test_what_came_before_is_named():
    assert match(150_000, [A], {A: due(came=100_000)}).with_earlier
    assert not match(250_000, [A], {A: due(came=100_000)}).with_earlier


@pytest.mark.parametrize("stand", Stand)
@pytest.mark.parametrize("amount", [1, 249_999, 250_000, 250_001])
def test_an_order_is_paid_only_while_it_may_be(stand, amount):
    paid = match(amount, [A], {A: due(stand=stand)}).pays
    assert bool(paid) == (amount == 250_000 and stand in {Stand.OPEN, Stand.LATE})
