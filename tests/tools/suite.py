"""Runs the suite on all processors: most of it with the budgets, then races and faults, at last what measures times.

    python -m tests.tools.suite ARGUMENT...

Arguments go to pytest, each time; of `-m`, which says what to run in any part, there may be one. Exits with 0 when
something ran and nothing failed; with 5, as pytest does, when no test is chosen by the arguments.
"""

import argparse
import os
import subprocess
import sys

MOST = 4  # processes: each starts a database, some a market and a browser
NOTHING_RAN = 5
FAIRLY = ("--dist", "loadscope", "--no-loadscope-reorder")  # by groups (tests/conftest.py), those with markets early

PROOFS = "race or fault"
TELLING = ("-p", "tests.tools.told")  # a line for each, as `make races`, `make faults` and `make budgets` print it


def main(words: list[str]) -> int:
    """Run all parts, the later ones also when one has failed; gives the exit status of the whole."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-m", dest="chosen", default="")
    told, others = parser.parse_known_args(words)
    together = ("-n", str(processes()), *FAIRLY)
    return whole(
        pytest(f"not ({PROOFS} or alone)", told.chosen, *together, *TELLING, "--beside", *others),
        pytest(f"({PROOFS}) and not alone", told.chosen, *together, *TELLING, *others),
        pytest("alone", told.chosen, *TELLING, *others),
    )


def processes() -> int:
    """One more than this process may use processors at once: in many a test a browser or a database is waited for."""
    return min(1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1), MOST)


def pytest(part: str, chosen: str, *words: str) -> int:
    """Run one part of what is chosen; gives pytest's own exit status."""
    marked = f"({part}) and ({chosen})" if chosen else part
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", marked, *words], check=False).returncode


def whole(*statuses: int) -> int:
    """Give the worst of the parts; one in which nothing was chosen says nothing."""
    ran = [status for status in statuses if status != NOTHING_RAN]
    return max(ran, key=abs) if ran else NOTHING_RAN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
