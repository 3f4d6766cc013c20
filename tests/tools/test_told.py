"""The lines and counts of `make races`, `make faults` and `make budgets`, on tests that pass, fail and are left out."""

import subprocess
import sys

TESTS = """
import pytest

@pytest.mark.race
@pytest.mark.parametrize("round_", range(3))
def test_ten_packs(round_, record_property):
    record_property("figure", "I1, 10 orders")

@pytest.mark.race
@pytest.mark.parametrize("round_", range(2))
def test_two_sweeps(round_):
    assert round_

@pytest.mark.budget
@pytest.mark.parametrize("page", ["home", "product-hi"])
def test_page(page, record_property):
    record_property("figure", f"of {page}")
    assert page != "product-hi"

@pytest.mark.fault
@pytest.mark.skip
def test_left_out():
    raise RuntimeError

@pytest.fixture
def market():
    raise RuntimeError

@pytest.mark.fault
def test_never_opened(market):
    pass
"""
SETTINGS = "[pytest]\nmarkers =\n    race: a\n    fault: b\n    budget: c\n"


def test_a_line_for_each_check_and_the_counts(tmp_path):
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    words = [
        "-q",
        "-p",
        "tests.tools.told",
        "-p",
        "no:cacheprovider",
        "--tally",
        str(tmp_path / "tally"),
        str(tmp_path),
    ]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert any(line.startswith("ok     ten packs: I1, 10 orders in each of 3 rounds (") for line in lines), lines
    assert any(line.startswith("FAILED 1 of 2 two sweeps (") for line in lines)
    assert any(line.startswith("ok     page home: of home (") for line in lines), "each page is a check"
    assert any(line.startswith("FAILED 1 of 1 page product-hi: of product-hi (") for line in lines)
    assert any(line.startswith("FAILED 1 of 1 never opened (") for line in lines)
    assert not any("left out" in line for line in lines)
    assert [line.partition(" on ")[0] for line in lines if " checks, " in line] == [
        "races: 2 checks, 1 failed",
        "faults: 1 checks, 1 failed",
        "budgets: 2 checks, 1 failed",
    ]
    assert (tmp_path / "tally").read_text() == "races 2 1\nfaults 1 1\nbudgets 2 1\n"
