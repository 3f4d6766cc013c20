"""Verbs on the bank account: propose, approve, stop, put in force. One takes two people and two days."""

from datetime import timedelta

from sqlalchemy import select, update

from cooperatives.bank import queries
from cooperatives.models import BankAccount, Cooperative, MemberRole
from cooperatives.queries import bank_account, members
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, NotAllowed
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.outbox import queue_sms
from shop.core.present import settings
from shop.notices.services import tell

GONE = _l("This account does not wait any more. Open the page again to see how it stands.")


def propose(cooperative: Cooperative, bank_bin: str, number: str, holder: str, actor: User) -> BankAccount:
    """Propose another account; the present one serves until then. A cooperative's first account counts at once.

    A proposal that waits is stopped by the new one. Managers, the approvers and the cooperative's contact are told.
    """
    if not queries.is_manager(cooperative, actor):
        raise NotAllowed(_l("Only a manager of the cooperative may do this."))
    _lock(cooperative)
    now, first = clock.now(), bank_account(cooperative) is None
    _stop_waiting(cooperative, actor)
    made = BankAccount(
        cooperative_id=cooperative.id,
        bank_bin=bank_bin,
        number=number,
        holder=holder,
        added_by_id=actor.id,
        created_at=now,
        due_at=now if first else now + timedelta(hours=settings().bank_account_delay_hours),
        in_force_at=now if first else None,
    )
    db.session.add(made)
    action = "bank_account_set" if first else "bank_account_proposed"
    record(action, cooperative, actor, bank=bank_bin, personal={"number": number, "holder": holder})
    _tell_managers(cooperative, action, person=actor.name)
    if not first:
        _tell_approvers(cooperative, actor)
        _tell_contact(cooperative, actor)
    return made


def approve(cooperative: Cooperative, code: str, actor: User) -> BankAccount:
    """Say yes as the second person; NotAllowed for anybody but queries.approvers, Conflict where it waits no more."""
    _lock(cooperative)
    account = queries.waiting(cooperative)
    if account is None or account.code != code:
        raise Conflict(GONE)
    if not queries.may_approve(account, cooperative, actor):
        raise NotAllowed(_l("Another manager approves this; where there is none, the officer of the commune."))
    unapproved = (BankAccount.id == account.id, *queries.WAITING, BankAccount.approved_at.is_(None))
    values = {"approved_at": clock.now(), "approved_by_id": actor.id}
    if changed(update(BankAccount).where(*unapproved).values(**values)) != 1:
        raise Conflict(GONE)
    record("bank_account_approved", cooperative, actor, bank=account.bank_bin)
    _tell_managers(cooperative, "bank_account_approved", person=actor.name)
    return account


def stop(cooperative: Cooperative, code: str, actor: User) -> None:
    """Stop the account that waits: any manager may, and whoever may approve it; Conflict where it waits no more."""
    _lock(cooperative)
    account = queries.waiting(cooperative)
    if account is None or account.code != code:
        raise Conflict(GONE)
    if not (queries.is_manager(cooperative, actor) or queries.may_approve(account, cooperative, actor)):
        raise NotAllowed(_l("Only a manager of the cooperative may do this."))
    _stop_waiting(cooperative, actor)
    _tell_managers(cooperative, "bank_account_stopped", person=actor.name)


def put_in_force(account_id: int, cooperative_id: int) -> int:
    """Let an approved account count, its delay over, in place of the present one; returns 1, or 0 if it was stopped."""
    cooperative = db.session.get_one(Cooperative, cooperative_id)
    _lock(cooperative)
    account = queries.waiting(cooperative)
    now = clock.now()
    if account is None or account.id != account_id or account.approved_at is None or account.due_at > now:
        return 0
    present = (BankAccount.cooperative_id == cooperative_id, BankAccount.in_force_at.is_not(None))
    db.session.execute(update(BankAccount).where(*present, BankAccount.replaced_at.is_(None)).values(replaced_at=now))
    db.session.execute(update(BankAccount).where(BankAccount.id == account_id).values(in_force_at=now))
    record("bank_account_in_force", cooperative, None, bank=account.bank_bin)
    _tell_managers(cooperative, "bank_account_in_force")
    return 1


def _lock(cooperative: Cooperative) -> None:
    """Let changes of one cooperative's account happen one after the other (SQLite has one writer anyway)."""
    db.session.execute(select(Cooperative.id).where(Cooperative.id == cooperative.id).with_for_update())


def _stop_waiting(cooperative: Cooperative, actor: User) -> None:
    values = {"stopped_at": clock.now(), "stopped_by_id": actor.id}
    open_ones = (BankAccount.cooperative_id == cooperative.id, *queries.WAITING)
    if changed(update(BankAccount).where(*open_ones).values(**values)):
        record("bank_account_stopped", cooperative, actor)


def _tell_managers(cooperative: Cooperative, kind: str, **params: str) -> None:
    for one in members(cooperative):
        if one.role is MemberRole.MANAGER:
            tell(one.user, kind, f"/cooperatives/{cooperative.code}/bank-account", name=cooperative.name, **params)


def _tell_approvers(cooperative: Cooperative, actor: User) -> None:
    inside = {one.user_id for one in members(cooperative)}
    for one in queries.approvers(cooperative, actor.id):
        if one.id not in inside:
            url = f"/review/cooperatives/{cooperative.code}/bank-account"
            tell(one, "bank_account_to_approve", url, name=cooperative.name, person=actor.name)


def _tell_contact(cooperative: Cooperative, actor: User) -> None:
    """Warn the number that buyers call, whoever answers there: a thief of an account seldom holds that phone too."""
    with use_language(actor.language):
        text = _(
            "%(person)s changed the bank account of %(name)s. If that is wrong, call the hotline now.",
            person=actor.name,
            name=cooperative.name,
        )
    event = f"bank_account:{cooperative.code}:{clock.now():%Y%m%d%H%M%S%f}"
    queue_sms(event, cooperative.contact_phone, actor.language, text)
