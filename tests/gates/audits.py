"""Lighthouse over a page: its scores, what they were taken off for, and the times it foresees on slower phones."""

import json
import statistics
import subprocess
from typing import Any, NamedTuple

from tests.tools import node

FOLDER = "tests/gates/lighthouse"
HARD = ("accessibility", "best-practices", "seo")  # 100, on every page of the public
OF_FINDING = ["is-crawlable", "meta-description"]  # audits that say nothing of a page that says noindex, and means it
TIMEOUT = 120  # seconds for one run


class Profile(NamedTuple):
    """A phone and its network, as Lighthouse plays them, and the performance that is asked of a page there."""

    name: str
    rtt: int  # ms
    kbps: float
    slowdown: int
    floor: int

    def run(self, categories: tuple[str, ...]) -> dict[str, Any]:
        """Return what the script is told of a run."""
        played = {"rtt": self.rtt, "kbps": self.kbps, "slowdown": self.slowdown}
        return {"categories": categories} | played


A = Profile("A", 150, 1638.4, 4, 98)
C = Profile("C", 400, 400, 6, 85)
SLACK = 0.15  # a score is told as too low where it lies so far under its floor: machines differ


class Audit(NamedTuple):
    """One run: its address; scores of 100, and what each hard one lost; times in ms; what moved and how far."""

    address: str
    scores: dict[str, int]
    wrong: dict[str, list[Any]]
    times: dict[str, float]
    moved: list[Any]


def audit(address: str, port: int, run: dict[str, Any], skip: list[str]) -> Audit:
    """Let Lighthouse look at an address in the Chromium that listens at the port; it empties what that keeps."""
    told = {"address": address, "port": port, "skip": skip, "run": run}
    words = [node.runtime(FOLDER, "lighthouse"), "audit.mjs", json.dumps(told)]
    done = subprocess.run(words, cwd=node.ROOT / FOLDER, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = Audit(**json.loads(done.stdout))
    assert found.address == address, f"{address} leads to {found.address}"
    return found


def middle(found: list[Audit], time: str) -> float:
    """Return the median of a time, in ms."""
    return statistics.median(one.times[time] for one in found)


def performance(found: list[Audit]) -> int:
    """Return the median score."""
    return int(statistics.median(one.scores["performance"] for one in found))


def lost(found: list[Audit]) -> dict[str, list[Any]]:
    """Return what the hard categories took points off for, in any run."""
    return {name: wrong for one in found for name, wrong in one.wrong.items() if wrong or one.scores[name] < 100}
