"""How far a seller is with each of the six tasks."""

from dataclasses import dataclass
from enum import StrEnum

from cooperatives.joining.models import Beginning
from cooperatives.lifecycle import Task
from cooperatives.models import Cooperative
from cooperatives.papers import queries as papers
from cooperatives.queries import bank_account
from cooperatives.requirements import facts
from cooperatives.requirements.queries import Line, checklist
from cooperatives.requirements.rows import Means, Start
from cooperatives.review.queries import open_issues
from shop.accounts.models import User
from shop.core.db import db


class Progress(StrEnum):
    """The four words of a task list."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    MEND = "mend"


@dataclass(frozen=True)
class Standing:
    """One task of one seller: how far, what the officer wrote of it, whether it may wait until the first order."""

    task: Task
    progress: Progress
    note: str = ""
    may_wait: bool = False


@dataclass(frozen=True)
class List:
    """The six tasks, the checklist behind them, and what is still open before the officer may be asked."""

    tasks: list[Standing]
    lines: list[Line]

    @property
    def statements(self) -> list[Line]:
        """The sentences that are still to be ticked."""
        return [line for line in self.lines if line.requirement.statement and not line.is_met]

    @property
    def missing(self) -> list[Line]:
        """What has to be told before sending: neither a sentence to tick, nor an officer's to verify."""
        others = {Means.ATTESTED, Means.VERIFIED}
        return [line for line in self.lines if line.stops_admission and line.requirement.means not in others]

    @property
    def late(self) -> list[Line]:
        """What should be there already."""
        return [line for line in self.lines if line.is_late]


def beginning_of(user: User) -> Beginning | None:
    """Return what the person has told before there was a seller, or None."""
    return db.session.get(Beginning, user.id)


def task_list(cooperative: Cooperative) -> List:
    """Return how far a seller is."""
    lines, issues = checklist(cooperative), open_issues(cooperative)
    begun = _begun(cooperative)
    found = []
    for task in Task:
        issue = issues.get(task)
        own = [line for line in lines if line.requirement.task is task and line.requirement.means in _TOLD]
        still = [line for line in own if not line.is_met]
        progress = Progress.MEND if issue else _progress(begun[task], still)
        may_wait = bool(still) and all(line.requirement.start is not Start.ADMISSION for line in still)
        found.append(Standing(task, progress, issue.note if issue else "", may_wait))
    return List(found, lines)


_TOLD = {Means.COMPUTED, Means.PAPER}  # what the seller brings on the page of a task


def _progress(begun: Progress, still: list[Line]) -> Progress:
    if begun is Progress.DONE and still:
        return Progress.DOING
    return begun


def _begun(cooperative: Cooperative) -> dict[Task, Progress]:
    """What the seller has given so far, whatever is asked."""
    goods, standing = facts.goods_of(cooperative.id), papers.current(cooperative)
    account = bank_account(cooperative)
    return {
        Task.PHONE: Progress.DONE,
        Task.WHO: Progress.DONE,
        Task.PLACE: Progress.DONE,
        Task.PAPERS: Progress.DONE if standing else Progress.TODO,
        Task.MONEY: Progress.DONE if account else Progress.TODO,
        Task.GOODS: Progress.DONE if goods.sent else Progress.DOING if goods.begun else Progress.TODO,
    }
