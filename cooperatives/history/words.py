"""The sentences of a seller's line of time: one for each action that its people should read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cooperatives.models import Kind, MemberRole
from cooperatives.papers.kinds import PAPER_KINDS
from cooperatives.requirements.rows import SHIPPED
from cooperatives.words import KIND_NAMES, ROLE_NAMES
from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core.formats import show_date
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l

_PLAIN: dict[str, Any] = {
    "cooperative_changed": _l("The profile was changed"),
    "photo_set": _l("Another photo of the seller"),
    "cooperative_submitted": _l("The application was sent"),
    "cooperative_admit": _l("Admitted: they may sell"),
    "invitation_withdrawn": _l("An invitation was taken back"),
    "bank_account_set": _l("Another bank account was entered"),
    "bank_account_approved": _l("A second person approved the bank account"),
    "bank_account_in_force": _l("The bank account is in use"),
    "bank_account_stopped": _l("The change of the bank account was stopped"),
    "citizen_number_kept": _l("The citizen number was entered; three digits are kept"),
    "dispatch_rules_set": _l("The sending days were changed"),
    "certificate_sent": _l("A certificate was sent"),
    "certificate_taken_back": _l("A certificate was taken back"),
    "certificate_verify": _l("A certificate was verified"),
    "certificate_return": _l("A certificate came back to be mended"),
    "certificate_withdraw": _l("A certificate was withdrawn"),
    "cooperative_closed": _l("Closed for good by its own people"),
    "cooperative_restored": _l("Back on the market"),
    "consent_heard": _l("The agreement that was spoken was heard"),
    "visited": _l("A visit was noted"),
    "handed_over": _l("A phone or SIM card was handed over"),
    "taken_back": _l("A phone or SIM card came back"),
    "account_taken_over": _l("The household took over its account"),
    "help_taken_up": _l("The helper began to help"),
    "admission_issue_mended": _l("What the officer asked for was mended"),
    "requirements_late": _l("Reminded of what is still missing"),
}
READ_FIELDS = {
    "contact": _l("contact"),
    "members": _l("members"),
    "voice": _l("spoken note"),
    "paper": _l("photo of a paper"),
    "certificate": _l("certificate"),
}


def actions() -> list[str]:
    """Return the actions of the audit that have a sentence here."""
    return [*_PLAIN, *_PAPERS, *_REQUIREMENTS, *_TOLD]


def sentence(row: AuditEntry, names: Mapping[int, str]) -> str:
    """Say what happened; `names` are those of the people in the facts, by key."""
    if row.action in _PAPERS:
        kind = PAPER_KINDS.get(row.facts["kind"])
        return str(_PAPERS[row.action]) % {"paper": kind.name if kind else ""}
    if row.action in _REQUIREMENTS:
        asked = SHIPPED.get(row.facts.get("requirement", ""))
        return str(_REQUIREMENTS[row.action]) % {"what": asked.title if asked else ""}
    tell = _TOLD.get(row.action)
    return tell(row.facts, names) if tell else str(_PLAIN[row.action])


_PAPERS = {
    "paper_added": _l("Paper sent: %(paper)s"),
    "paper_not_there_yet": _l("Paper not there yet: %(paper)s"),
    "paper_removed": _l("Paper taken away: %(paper)s"),
    "paper_accepted": _l("Paper accepted: %(paper)s"),
    "paper_returned": _l("Paper returned: %(paper)s"),
}
_REQUIREMENTS = {
    "requirement_attested": _l("Ticked: %(what)s"),
    "requirement_verified": _l("Verified by an officer: %(what)s"),
    "requirement_waived": _l("Waived by an officer: %(what)s"),
}


def _begun(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Begun: %(kind)s", kind=KIND_NAMES[Kind(facts["kind"])])


def _returned(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Returned to be completed: %(note)s", note=facts.get("note", ""))


def _declined(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Not admitted: %(note)s", note=facts.get("note", ""))


def _suspended(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Taken off the market: %(note)s", note=facts.get("note", ""))


def _invited(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Somebody was invited as %(role)s", role=_role(facts))


def _joined(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return _("%(name)s joined as %(role)s", name=_name(facts, names), role=_role(facts))


def _left(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return _("%(name)s left", name=_name(facts, names))


def _manages(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return _("%(name)s became a manager", name=_name(facts, names))


def _closed(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Closed from %(first)s to %(last)s", first=_day(facts["first"]), last=_day(facts["last"]))


def _open_again(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Not closed from %(first)s to %(last)s after all", first=_day(facts["first"]), last=_day(facts["last"]))


def _read(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    read = [str(READ_FIELDS.get(field, field)) for field in facts.get("fields", [])]
    return _("Personal data was read: %(fields)s", fields=", ".join(read))


def _asked_to_help(facts: dict[str, Any], _names: Mapping[int, str]) -> str:
    return _("Somebody asked to help for %(months)s months", months=facts["months"])


def _consented(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return _("%(name)s may help until %(day)s", name=names.get(facts["helper"], ""), day=_day(facts["until"][:10]))


def _ended(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return _("%(name)s helps no longer", name=names.get(facts["helper"], ""))


def _name(facts: dict[str, Any], names: Mapping[int, str]) -> str:
    return names.get(facts["member"], "") or _("Somebody")


def _role(facts: dict[str, Any]) -> str:
    return str(ROLE_NAMES[MemberRole(facts["role"])])


def _day(text: str) -> str:
    return show_date(date.fromisoformat(text))


_TOLD = {
    "cooperative_begun": _begun,
    "cooperative_return": _returned,
    "cooperative_decline": _declined,
    "cooperative_suspended": _suspended,
    "member_invited": _invited,
    "member_joined": _joined,
    "member_left": _left,
    "made_manager": _manages,
    "closed_days_set": _closed,
    "closed_days_cancelled": _open_again,
    "help_requested": _asked_to_help,
    "consent_given": _consented,
    "consent_ended": _ended,
    READ: _read,
}
