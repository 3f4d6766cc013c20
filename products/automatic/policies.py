"""Does a seller have the trust that a rule asks for? Pure: what is known of the seller is handed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from products.automatic.models import ApprovalRule
from products.review.models import Verdict


class Record(NamedTuple):
    """What officers and the market know of a seller. What rules approved builds no trust: only people's words do."""

    since: datetime | None  # on the market
    approved: int = 0  # approvals by officers that took effect
    verdicts: Sequence[Verdict] = ()  # of officers, newest first
    trouble_at: datetime | None = None  # the last word of a talk about the goods, or suspension or return from one
    today: int = 0  # approvals by any rule in the last 24 hours


def trusts(rule: ApprovalRule, record: Record, now: datetime) -> bool:
    """Say whether a seller with this record has the trust that the rule asks for, at this moment."""
    since, trouble = record.since, record.trouble_at
    return (
        since is not None
        and since <= now - timedelta(days=rule.days)
        and record.approved >= rule.approvals
        and few_returned(rule, record.verdicts[: rule.recent])
        and (not rule.quiet_days or trouble is None or trouble < now - timedelta(days=rule.quiet_days))
        and record.today < rule.per_day
    )


def few_returned(rule: ApprovalRule, verdicts: Sequence[Verdict]) -> bool:
    """Say whether at most the rule's percent of these decisions were other than an approval."""
    bad = sum(verdict is not Verdict.APPROVE for verdict in verdicts)
    return bad * 100 <= rule.returned_percent * len(verdicts)


def covers(rule: ApprovalRule, fields: Sequence[str], commune: str) -> bool:
    """Say whether a low-risk change of these fields, by a seller of this commune, is one of the rule's."""
    return bool(fields) and set(fields) <= set(rule.fields) and (not rule.communes or commune in rule.communes)
