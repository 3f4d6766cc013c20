"""A pytest plugin that tells of each race, fault and budget in one line, with its figure, and how many failed.

    python -m pytest -p tests.tools.told -m race

A check is one test, whatever number of rounds it runs; a test tells its figure by `record_property("figure", …)`. Where
several processes share the tests, all lines are said at the end. Of budgets each page is a check of its own. Files
without such a mark are not even read, but where --beside says that the run has other tests too.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

KINDS = {"race": "races", "fault": "faults", "budget": "budgets"}  # marker: the word of the closing line
APART = {"budget"}  # kinds of which each parameter is a check, not a round
MARKED = re.compile(rf"\bmark\.({'|'.join(KINDS)})\b")


@dataclass
class Check:
    """What became of one test in all its rounds; without any it was left out, and is none."""

    kind: str
    rounds: int = 0
    failed: int = 0
    seconds: float = 0.0
    figure: str = ""

    def line(self, name: str) -> str:
        """The line of this check."""
        test, _, parameter = name.rpartition("::")[2].removeprefix("test_").partition("[")
        words = f"{test.replace('_', ' ')} {parameter.removesuffix(']')}".rstrip()
        rounds = f" in each of {self.rounds} rounds" if self.rounds > 1 and not self.failed else ""
        figure = f": {self.figure}" if self.figure else ""
        verdict = f"FAILED {self.failed} of {self.rounds}" if self.failed else "ok"
        return f"{verdict:6} {words}{figure}{rounds} ({self.seconds:.1f} s)"


class Told:
    """Gathers the rounds of a check while they run, and says its line when the next one begins."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.checks, self.open = config, dict[str, Check](), ""
        self.shared = bool(config.getoption("numprocesses", None))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Say the line of the check before this one."""
        if not self.shared and self.open and self._name(self.open) != self._name(nodeid):
            self._say(self._name(self.open))
        self.open = nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """No letter for what has a line."""
        if _kind(report) is None:
            return None
        if report.failed:
            return "failed" if report.when == "call" else "error", "", ""
        return report.outcome if report.skipped or report.when == "call" else "", "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what one round did."""
        kind = _kind(report)
        if kind is None:
            return
        name = report.nodeid if kind in APART else report.nodeid.partition("[")[0]
        check = self.checks.get(name, Check(kind))
        check.seconds += report.duration
        check.failed += report.failed
        check.rounds += (report.when == "call" and not report.skipped) or report.failed
        self.checks[name] = check
        told = [str(value) for key, value in report.user_properties if key == "figure"]
        check.figure = told[-1] if told else check.figure

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say the last line, or all, and one that closes each kind."""
        for name in sorted(self.checks) if self.shared else [self._name(self.open)]:
            self._say(name)
        for kind, failed in self.counts():
            terminalreporter.write_line(closing(kind, *failed) + f" on {engine()}")

    def counts(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Give for each kind that ran how many checks there were, and how many of them failed."""
        for kind, word in KINDS.items():
            found = [check for check in self.checks.values() if check.kind == kind and check.rounds]
            if found:
                yield word, (len(found), sum(bool(check.failed) for check in found))

    def _name(self, nodeid: str) -> str:
        """Name the check that a test belongs to: itself, or all the rounds of its function."""
        return nodeid if nodeid in self.checks else nodeid.partition("[")[0]

    def _say(self, name: str) -> None:
        check = self.checks.get(name)
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if check is not None and check.rounds and reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(check.line(name))


def closing(word: str, checks: int, failed: int) -> str:
    """The line that closes a kind."""
    return f"{word}: {checks} checks, {failed} failed"


def engine() -> str:
    """The name of the database engine that these tests run on."""
    return "PostgreSQL" if os.environ.get("TEST_DATABASE_URL") else "SQLite"


def _kind(report: pytest.TestReport) -> str | None:
    return next((kind for kind in KINDS if kind in report.keywords), None)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file in which nothing is marked: to read seven hundred costs more than many a race."""
    if config.getoption("--beside"):
        return None
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    return True if is_test and not MARKED.search(collection_path.read_text(encoding="utf-8")) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a caller read the counts, and run other tests beside these."""
    parser.addoption("--beside", action="store_true", help="read also files in which nothing has such a mark")
    parser.addoption("--tally", metavar="FILE", help="add a line 'kind checks failed' for each kind to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to listen."""
    config.pluginmanager.register(Told(config), "told")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write the counts down."""
    told, file = config.pluginmanager.get_plugin("told"), config.getoption("--tally")
    if told is not None and file and not hasattr(config, "workerinput"):  # what processes did is told to the first one
        with Path(file).open("a", encoding="utf-8") as tally:
            tally.writelines(f"{word} {checks} {failed}\n" for word, (checks, failed) in told.counts())
