"""Runs the tests of one mark and says what they found: `make races`, `make faults` on SQLite, then on PostgreSQL;
`make budgets` in a browser, once.

    python -m tests.tools.proofs race|fault|budget ARGUMENT...

They are the tests that `make test` runs too, by themselves and with a line for each (tests/tools/told.py). Arguments
go to pytest. Short by default, whole with FULL=1. Exits with 0 when something ran and nothing failed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools.postgres import NONE_HERE
from tests.tools.suite import NOTHING_RAN, whole
from tests.tools.told import KINDS, closing

IN_A_BROWSER = {"budget"}


def main(words: list[str]) -> int:
    """Run both engines, the second one also when the first has failed; gives the exit status of the whole.

    A page is the same on either, so a budget runs on one.
    """
    if not words or words[0] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    mark, *others = words
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        statuses = [on_sqlite(mark, tally, others)]
        statuses += [] if mark in IN_A_BROWSER else [on_postgres(mark, tally, others)]
        print(closing(KINDS[mark], *counted(tally)))
    return whole(*statuses)


def on_sqlite(mark: str, tally: Path, others: list[str]) -> int:
    """Run them on SQLite."""
    print(f"== {KINDS[mark].capitalize()} on SQLite", flush=True)
    env = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    return subprocess.run(command(mark, tally, others), env=env, check=False).returncode


def on_postgres(mark: str, tally: Path, others: list[str]) -> int:
    """Run them on PostgreSQL; where none can be had, that is a pity on a laptop and a failure in CI."""
    print(f"== {KINDS[mark].capitalize()} on PostgreSQL", flush=True)
    with_database = [sys.executable, "-m", "tests.tools.postgres", *command(mark, tally, others)]
    status = subprocess.run(with_database, check=False).returncode
    if status == NONE_HERE and not os.environ.get("CI"):
        print("Left out.")
        return NOTHING_RAN
    return status


def command(mark: str, tally: Path, others: list[str]) -> list[str]:
    """Give the words that run the tests of a mark."""
    told = ["-p", "tests.tools.told", "--tally", str(tally)]
    chosen = mark if mark in IN_A_BROWSER else f"{mark} and not browser"
    return [sys.executable, "-m", "pytest", "-q", "--no-header", "-m", chosen, *told, *others]


def counted(tally: Path) -> tuple[int, int]:
    """Add up how many checks ran on the engines, and how many failed."""
    lines = tally.read_text(encoding="utf-8").splitlines() if tally.exists() else []
    numbers = [[int(number) for number in line.split()[1:]] for line in lines]
    return sum(checks for checks, _failed in numbers), sum(failed for _checks, failed in numbers)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
