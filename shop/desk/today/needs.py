"""What needs a member today, in words: each thing by its name, why, and the one tap that settles it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from flask import url_for

from cooperatives.certificates import queries as certificates
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate
from cooperatives.dispatch import queries as closures
from cooperatives.dispatch.models import ClosedDays
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.papers.kinds import PAPER_KINDS
from cooperatives.papers.models import Paper
from products.certificates.words import SOON as SOON_OVER
from products.certificates.words import state_words
from products.issues.models import RevisionIssue
from products.lifecycle import RevisionState
from products.models import ProductRevision
from products.packs import pack_text
from products.questions import queries as talks
from products.questions.queries import Line
from products.season import month_name, this_month
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import shown
from shop.core.days import day_of, today
from shop.core.formats import show_daymonth
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _
from shop.desk.orders.routes import UNREAD, first_name, line_words
from shop.desk.talks.routes import address as talk_address
from shop.desk.today import queries
from shop.desk.today.queries import NOTHING, Some
from shop.orders.changes.policies import Now
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order

APPLYING = {CooperativeState.DRAFT, CooperativeState.RETURNED}
SOON = 3  # days ahead that closed days are named


@dataclass(frozen=True)
class Need:
    """One thing to do: its name (`lang` "vi" for names of goods), why, where; `tap` is a form of one button."""

    title: str
    url: str
    note: str = ""
    lang: str = ""
    mark: tuple[str, str] | None = None  # a word, and its kind (ok, todo, warn, bad)
    tap: tuple[str, str, dict[str, str]] | None = None  # address, words of the button, hidden fields


@dataclass(frozen=True)
class Needs:
    """Things of one kind: the few most pressing, how many there are in all, and where all of them stand."""

    heading: str
    total: int
    items: list[Need] = field(default_factory=list)
    all_url: str = ""

    @property
    def rest(self) -> int:
        """How many are not named."""
        return self.total - len(self.items)


def of_member(person: User, sellers: Iterable[Cooperative], opens: Callable[[str], bool]) -> list[Needs]:
    """Return what needs a member today, the most pressing kind first; kinds with nothing are left out.

    `sellers` are those open to the person; `opens` says so of a room: a helper reads of nothing else.
    """
    return [needs for needs in _all(person, sellers, opens) if needs.total]


def _all(person: User, sellers: Iterable[Cooperative], opens: Callable[[str], bool]) -> Iterator[Needs]:
    if opens("desk_orders"):
        yield from _of_orders(person)
    if opens("desk_talks"):
        yield _talks(queries.wrote(person), opens)
    written = queries.revisions(person) if opens("products") else {}
    if opens("products"):
        yield _sent_back(written)
    if opens("papers"):
        back = queries.papers_back(person)
        yield Needs(_("Papers to send again"), len(back), [_paper(one) for one in back])
    if opens("joining"):
        open_ones = [one for one in sellers if one.state in APPLYING]
        yield Needs(_("The application to the officer"), len(open_ones), [_application(one) for one in open_ones])
    if opens("product_questions"):
        said = talks.unread_of_member(person, queries.FEW)
        yield Needs(_("The officer wrote to you"), len(said), [_said(one) for one in said])
    if opens("products"):
        yield from _of_goods(person)
        drafts = written.get(RevisionState.DRAFT, NOTHING)
        yield Needs(_("Drafts to finish"), drafts.total, [_draft(one) for one in drafts.rows], _list("draft"))


def _of_orders(person: User) -> Iterator[Needs]:
    orders = queries.orders(person)
    now = lines_now(order for some in orders.values() for order in some.rows)
    calls = orders.get(queries.CALL, NOTHING)
    yield Needs(_("Buyers to call before packing"), calls.total, _orders(calls, now), _orders_of(queries.CALL))
    for state, heading in (
        (OrderState.PLACED, _("New orders to accept")),
        (OrderState.ACCEPTED, _("Orders to pack")),
        (OrderState.PACKED, _("Parcels to hand to the carrier")),
    ):
        some = orders.get(state, NOTHING)
        yield Needs(heading, some.total, _orders(some, now), _orders_of(state.value))


def _talks(wrote: Some, opens: Callable[[str], bool]) -> Needs:
    items = [
        Need(f"{shown(order.code)} · {first_name(order.purchase.name)}", talk_address(order.code), text[:80])
        for order, text in wrote.rows
    ]
    all_of_them = _orders_of(UNREAD) if opens("desk_orders") else ""
    return Needs(_("Buyers wrote to you"), wrote.total, items, all_of_them)


def _orders_of(tab: str) -> str:
    return url_for("desk_orders.index", state=tab)


def _sent_back(written: dict[RevisionState, Some]) -> Needs:
    back = written.get(RevisionState.RETURNED, NOTHING)
    issues = queries.issues_of([revision.id for revision in back.rows])
    items = [_returned(revision, issues.get(revision.id, [])) for revision in back.rows]
    return Needs(_("Products the officer sent back"), back.total, items, _list("returned"))


def _of_goods(person: User) -> Iterator[Needs]:
    refused = queries.refused(person)
    yield Needs(_("Not taken by other shops"), refused.total, [_refused(*row) for row in refused.rows])
    short = queries.short(person)
    yield Needs(_("Goods that run out"), short.total, _short(short), _list("short"))
    papers = certificates.needing(person, SOON_OVER)
    yield Needs(_("Certificates that end"), len(papers), [_certificate(one) for one in papers[: queries.FEW]])
    season = queries.coming(person, this_month())
    yield Needs(_("Goods whose season begins"), season.total, _season(season), _list("paused"))
    turning = closures.turning(person, today() + timedelta(days=SOON))
    yield Needs(_("Closed days"), len(turning), [_closed(*one) for one in turning])


def _orders(some: Some, now: dict[int, list[Now]]) -> list[Need]:
    return [
        Need(
            f"{shown(order.code)} · {first_name(order.purchase.name)}",
            url_for("desk_orders.order", code=order.code),
            "; ".join(line_words(one.line, one.packs) for one in now[order.id] if one.packs),
            mark=_due(order),
        )
        for order in some.rows
    ]


def _due(order: Order) -> tuple[str, str]:
    if order.ship_by < clock.now():
        return _("Late, due %(day)s", day=show_daymonth(order.ship_by)), "bad"
    if day_of(order.ship_by) == today():
        return _("Send today"), "warn"
    return _("Send by %(day)s", day=show_daymonth(order.ship_by)), "todo"


def _returned(revision: ProductRevision, issues: list[RevisionIssue]) -> Need:
    edit, note = url_for("products.edit", code=revision.product.code), ""
    if issues:
        edit += issues[0].anchor
        note = f"{issues[0].label}: {issues[0].words}"
        if more := len(issues) - 1:
            note += " " + ngettext("And %(num)s thing more.", "And %(num)s things more.", more)
    return Need(revision.name or _("Your draft"), edit, note, "vi", (_("To be completed"), "warn"))


def _refused(issue: RevisionIssue, code: str, name: str) -> Need:
    edit = url_for("products.edit", code=code) + issue.anchor
    return Need(name, edit, f"{issue.label}: {issue.words}", "vi", (_("From %(place)s", place=issue.place), "warn"))


def _said(line: Line) -> Need:
    return Need(f"{line.author}: {line.text[:80]}", url_for("product_questions.member_talk", code=line.code))


def _paper(one: Paper) -> Need:
    url = url_for("papers.paper", code=one.cooperative.code, kind=one.kind)
    return Need(PAPER_KINDS[one.kind].name, url, one.note, mark=(_("To be completed"), "warn"))


def _application(cooperative: Cooperative) -> Need:
    back = cooperative.state is CooperativeState.RETURNED
    mark = (_("Something to mend"), "warn") if back else (_("Not sent yet"), "todo")
    return Need(cooperative.name, url_for("joining.index", code=cooperative.code), "", "vi", mark)


def _draft(revision: ProductRevision) -> Need:
    return Need(revision.name or _("Your draft"), url_for("products.edit", code=revision.product.code), lang="vi")


def _short(some: Some) -> list[Need]:
    return [
        Need(
            goods.name,
            url_for("product_stock.stock", code=goods.code, sku=goods.sku_code),
            pack_text(goods.pack_word, goods.pack_amount, current_language()),
            "vi",
            (ngettext("%(num)s left", "%(num)s left", goods.free), "warn")
            if goods.free > 0
            else (_("Out of stock for now"), "bad"),
        )
        for goods in some.rows
    ]


def _season(some: Some) -> list[Need]:
    return [
        Need(
            goods.name,
            url_for("products.preview", code=goods.code),
            _("In season from %(month)s.", month=month_name(this_month())),
            "vi",
            tap=(url_for("products.shelf", code=goods.code), _("Put on sale again"), {"action": "resume"}),
        )
        for goods in some.rows
    ]


def _certificate(one: Certificate) -> Need:
    note = one.decisions[-1].note if one.state is CertificateState.RETURNED else one.cooperative.name
    url = url_for("certificates.renewal", code=one.cooperative.code, certificate=one.code)
    return Need(one.title, url, note, mark=state_words(one))


def _closed(cooperative: Cooperative, closed: ClosedDays) -> Need:
    first, last = show_daymonth(closed.first_day), show_daymonth(closed.last_day)
    begun = closed.first_day <= today()
    note = _("Open again after %(last)s.", last=last) if begun else _("Closed from %(first)s.", first=first)
    mark = _("Closed now") if begun else _("Begins soon")
    url = url_for("dispatch.calendar", code=cooperative.code)
    return Need(cooperative.name, url, note, "vi", (mark, "doing" if begun else "warn"))


def _list(tab: str) -> str:
    return url_for("products.index", tab=tab)
