"""The bench of photos runs and draws the same set three ways."""

from tests.bench import images


def test_every_way_draws_the_same_widths(capsys):
    rows = images.measure(rounds=1, width=1200, height=900)
    names = {row["name"].split()[0] for row in rows}
    assert {"ours", "pillow"} <= names
    assert all(row["cpu_ms"] > 0 and row["kb"] > 0 for row in rows)
    told = capsys.readouterr().out
    assert ("of libvips" in told) and (("libvips" in names) or (images.NO_VIPS in told))
