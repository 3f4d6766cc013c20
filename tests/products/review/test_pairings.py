"""Whatever happens to goods that wait, and whatever happens next: each pair in both orders (reliability, I17 to I20).

The same pairs at the same moment are in tests/races/test_pairings.py.
"""

import pytest

from shop.cli.verify import violations
from tests.products.review.pairings import ACTS, TABLE, begin, done, fate, marks
from tests.shelves import lay_masters


def test_every_pair_has_its_line():
    assert set(TABLE) == {(first, second) for first in ACTS for second in ACTS}


@pytest.mark.parametrize("first", ACTS)
def test_one_after_the_other(app, cast, storage, first):
    """Beside the fate, `fate` asserts that buyers see what was approved, and nothing else."""
    found = {}
    for second in ACTS:
        case = begin(cast, f"{first} {second}", {first, second})
        found[first, second] = marks(done(case, first), done(case, second)) + fate(case)
    assert found == {pair: told for pair, told in TABLE.items() if pair[0] == first}
    lay_masters(app)
    assert violations() == []
