"""What tells two revisions apart: photos; words and fields are tested where officers read them."""

import pytest

from products.differences import COVER, IN, MOVED, OUT, SAME, photo_changes


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("ab", "ab", [SAME, SAME], [SAME, SAME]),
        ("ab", "abc", [SAME, SAME], [SAME, SAME, IN]),
        ("abc", "ac", [SAME, OUT, SAME], [SAME, SAME]),
        ("ab", "ba", [SAME, SAME], [COVER, MOVED]),
        ("abc", "acb", [SAME, SAME, SAME], [SAME, MOVED, MOVED]),
        ("ab", "cb", [OUT, SAME], [COVER, SAME]),
        ("", "a", [], [IN]),
        ("a", "", [OUT], []),
    ],
)
def test_photos(old, new, before, after):
    found = photo_changes(list(old), list(new))
    assert [one.how for one in found[0]] == before
    assert [one.how for one in found[1]] == after
