"""The run on the second engine leaves out only tests that use no database (tests/conftest.py)."""

from tests.architecture.tree import ROOT

MAKERS = ("own_database(", "running_market(", "two_workers(")
MARKS = ("mark.own_database", "mark.race", "mark.fault", "mark.browser")
ONE_IS_ENOUGH = {"tests/products/uploads/test_wrecks.py"}  # its market is there for photos


def test_who_makes_a_database_says_so():
    silent = []
    for file in (ROOT / "tests").rglob("test_*.py"):
        text, name = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
        if (
            name not in ONE_IS_ENOUGH
            and any(maker in text for maker in MAKERS)
            and not any(mark in text for mark in MARKS)
        ):
            silent.append(name)
    assert silent == []


def test_races_and_faults_are_marked_where_they_stand():
    """The runs of one mark read only files that name it (tests/tools/told.py), so nothing is marked from outside."""
    marking = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tests").rglob("*.py")
        if file.name != "test_engines.py" and "add_marker(" in file.read_text(encoding="utf-8")
    ]
    assert marking == []
