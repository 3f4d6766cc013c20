"""The proof that nothing is guessed: a dirty statement of 1,000 lines, 0 wrong matches, at least 95 % of clean ones.

The newest line stands first and has a day without a time, which is Vietcombank's way and the hardest. To be called as
`prove(cast, lines)`, which returns the figures. A hundred lines in CI, a thousand with FULL=1; the same seed gives the
same statement.
"""

from itertools import count

import pytest
from sqlalchemy import select, update

from cooperatives.queries import bank_account
from products.models import Sku
from products.stock.models import StockMovement
from shop.core.codes import find_order_codes
from shop.core.db import db, writing
from shop.core.present import settings
from shop.payments.statements import services
from shop.payments.statements.reading import read
from shop.payments.transfers.models import Credit, CreditUse, TransferBill
from tests.cast import Cast
from tests.races.starting import FULL
from tests.shop.payments.statement_files import BANKS, as_csv
from tests.shop.payments.statement_lines import Owed, Scribe, Written
from tests.shop.payments.transferring import by_transfer, violations, with_accounts

pytestmark = [pytest.mark.race, pytest.mark.timeout(900)]
LINES = 1_000 if FULL else 100
SEED = 48_172_063


def prove(cast: Cast, lines: int, bank: str = "vietcombank") -> dict[str, int]:
    """Bring a statement of so many lines; returns lines, clean, matched (of the clean) and wrong; asserts the proof."""
    written = _written(cast, lines)
    data = as_csv(BANKS[bank]([one.row for one in written]))
    into = bank_account(cast.cooperative())
    assert into is not None
    with writing():
        found = services.understand(into, read(data))
        services.apply(into, [line.came for line in found.new], cast.member)
    made = _made()
    may = {one.row.number: one.pays for one in written}
    wrong = [(number, code) for number, code in made if code not in may[number]]
    clean = {one.row.number: one.pays for one in written if one.clean}
    matched = [number for number, pays in clean.items() if pays <= {code for at, code in made if at == number}]
    figures = {"lines": len(written), "clean": len(clean), "matched": len(matched), "wrong": len(wrong)}
    print(figures)  # noqa: T201 - the figures are what is asked for
    assert not wrong
    assert len(matched) >= 0.95 * len(clean)
    with writing():
        assert not services.understand(into, read(data)).new, "the same file again brings nothing"
    assert violations() == []
    return figures


@pytest.mark.slow
def test_nothing_is_guessed(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        assert prove(cast, LINES)["lines"] == LINES


def _written(cast: Cast, lines: int) -> list[Written]:
    """Write the statement of one seller, and place the orders that it needs, and some of another seller."""
    with_accounts(cast)
    _stock(cast, lines * 6)
    ours = (_owed(cast, tea=1 + place % 3) for place in count())
    theirs = [_owed(cast, honey=1 + place % 3) for place in range(10)]
    return Scribe(SEED, ours, theirs).write(lines)


def _stock(cast: Cast, packs: int) -> None:
    """Count so many packs more of tea and honey, as a seller does."""
    with writing():
        for name in ("tea", "honey"):
            sku = cast.sku(name)
            before = db.session.query(StockMovement).filter_by(sku_id=sku.id).first()
            assert before is not None
            db.session.execute(update(Sku).where(Sku.id == sku.id).values(on_hand=Sku.on_hand + packs))
            db.session.add(StockMovement(sku_id=sku.id, delta=packs, reason=before.reason, actor_id=before.actor_id))


def _owed(cast: Cast, **packs: int) -> Owed:
    bought = by_transfer(cast, **packs)
    assert find_order_codes(bought.codes[0], settings().code_prefix)
    return Owed(bought.codes[0], bought.total)


def _made() -> set[tuple[str, str]]:
    """Return which booking pays which order, wholly or in part."""
    rows = (
        select(Credit.reference, TransferBill.memo)
        .join(CreditUse, CreditUse.credit_id == Credit.id)
        .join(TransferBill, TransferBill.payment_id == CreditUse.payment_id)
    )
    return {(number, code) for number, code in db.session.execute(rows)}
