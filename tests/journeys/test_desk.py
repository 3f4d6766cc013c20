"""The officer's desk in a real browser: the next is fetched ahead, what is decided without a network waits."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Request
from sqlalchemy import select

from products import services
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.queue import services as queue
from products.queue.models import Claim
from products.review.models import Decision, Verdict
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU, make_product
from tests.journeys.phone import Phone
from tests.server import Market
from tests.shelves import files_come_later, give_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
SAVING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
ON_2G = "Object.defineProperty(navigator, 'connection', { value: { effectiveType: 'slow-2g' } })"
QUIET = 4000  # ms: longer than a page waits before it fetches ahead
LINES = count()
KEPT = "No network now. Decisions kept on this phone: DECISIONS. They go by themselves."


class Desk:
    """An officer's phone, three goods that wait longer than all others, and what went over the wire."""

    def __init__(self, market: Market, phone: Phone) -> None:
        self.market, self.phone, self.page = market, phone, phone.page
        self.ahead: list[str] = []  # paths asked for ahead
        self.opened: list[str] = []  # paths opened as pages
        self.page.on("request", self._asked)
        phone.context.add_cookies([{"name": "session", "value": market.signed_in("officer")[0], "url": market.url}])
        begin, self.codes = clock.now() - timedelta(days=40, hours=next(LINES)), []  # before those of earlier tests
        with market.app.app_context():
            with writing():
                for place in range(3):
                    clock.set_for_tests(begin + timedelta(minutes=place))
                    facts = {"category": "tea", "price": 50_000, "on_hand": 5, "state": RevisionState.SUBMITTED}
                    made = make_product(market.cast.cooperative(), market.cast.member, f"Chè {place}", **facts)
                    self.codes.append(made.code)
                clock.set_for_tests(None)
                files_come_later()
            give_files(market.app)

    def _asked(self, request: Request) -> None:
        path = request.url.removeprefix(self.market.url)
        if request.resource_type == "fetch" and path.endswith(("/next", "/decision")):
            self.ahead.append(path)
        if request.is_navigation_request():
            self.opened.append(path)

    def path(self, place: int) -> str:
        return f"/review/products/{self.codes[place]}/1/decision"

    def open(self, place: int = 0) -> None:
        """Open goods and wait until the next ones lie ready."""
        with self.page.expect_response(lambda one: one.url.endswith(self.path(place + 1))):
            self.phone.open(self.path(place))
        self.page.wait_for_timeout(300)

    def stands_at(self, place: int) -> None:
        self.page.get_by_role("heading", level=1, name=f"Chè {place}").wait_for()

    def cut(self) -> None:
        self.phone.online = False
        self.phone.context.set_offline(True)

    def decided(self, place: int) -> list[tuple[Verdict, int, bool]]:
        """(verdict, number, withdrawn) of every decision on these goods."""
        with self.market.app.app_context():
            rows = self._of(place, select(Decision).join(ProductRevision, ProductRevision.id == Decision.revision_id))
            return [(one.verdict, one.number, one.withdrawn_at is not None) for one in rows]

    def is_claimed(self, place: int) -> bool:
        with self.market.app.app_context():
            rows = self._of(place, select(Claim).join(ProductRevision, ProductRevision.id == Claim.revision_id))
            return any(one.ended_at is None for one in rows)

    def _of(self, place, statement):
        product = select(Product.id).where(Product.code == self.codes[place]).scalar_subquery()
        return db.session.scalars(statement.where(ProductRevision.product_id == product)).all()

    def changed(self, place: int) -> None:
        """The seller takes it back and sends it with another name."""
        with self.market.app.app_context(), writing():
            product, member = self.product(place), self.market.cast.member
            services.take_back(product, member)
            services.save_draft(services.editable(product, member), {"name": f"Chè {place} mới"}, member)
            services.submit(product, member)

    def product(self, place: int) -> Product:
        return db.session.scalars(select(Product).where(Product.code == self.codes[place])).one()


@pytest.fixture
def desk(market: Market, phones: Callable[..., Phone]) -> Desk:
    return Desk(market, phones(market, "officer"))


def test_the_next_is_fetched_ahead_once_and_is_his_when_it_opens(desk: Desk) -> None:
    desk.open()
    step = desk.path(0).replace("/decision", "/next")
    assert (desk.ahead, desk.opened) == ([step, desk.path(1)], [desk.path(0)])
    assert (desk.is_claimed(0), desk.is_claimed(1)) == (True, False)
    desk.page.keyboard.press("a")
    desk.stands_at(1)
    assert desk.opened == [desk.path(0)], "no page was loaded for it"
    assert desk.phone.path == desk.path(1)
    assert desk.page.evaluate("document.activeElement.tagName") == "H1"
    desk.page.locator(".undo").get_by_text("Chè 0").wait_for()
    assert desk.page.locator("form.claim").is_visible()
    assert desk.decided(0) == [(Verdict.APPROVE, 1, False)]
    assert (desk.is_claimed(0), desk.is_claimed(1)) == (False, True)
    desk.phone.picture("desk-next")
    desk.page.keyboard.press("z")
    desk.stands_at(0)
    desk.phone.reads("Undone. It waits again.")
    assert desk.decided(0) == [(Verdict.APPROVE, 1, True)]
    assert desk.page.evaluate("caches.keys()") == [], "no page of the desk is kept"


def test_what_a_colleague_took_meanwhile_is_passed_over(desk: Desk) -> None:
    desk.open()
    with desk.market.app.app_context(), writing():
        colleague = desk.market.cast.officer_elsewhere
        begins = clock.after(days=-1)
        db.session.add(OfficerCommune(user_id=colleague.id, commune_code=BINH_LU, valid_from=begins))
        revision = db.session.scalars(
            select(ProductRevision).where(ProductRevision.product_id == desk.product(1).id)
        ).one()
        assert queue.claim(revision.id, 1, colleague)
    desk.page.keyboard.press("a")
    desk.stands_at(2)
    assert desk.opened == [desk.path(0), desk.path(2)], "asked for anew"


def test_a_page_that_the_seller_made_old_is_not_shown(desk: Desk) -> None:
    desk.open()
    desk.changed(1)
    desk.page.keyboard.press("a")
    desk.stands_at(2)
    assert desk.path(1) not in desk.opened


@pytest.mark.parametrize("network", [SAVING, ON_2G])
def test_who_saves_data_fetches_nothing_ahead(desk: Desk, network: str) -> None:
    desk.phone.context.add_init_script(network)
    desk.phone.open(desk.path(0))
    desk.page.wait_for_timeout(QUIET)
    assert desk.ahead == []
    desk.page.keyboard.press("a")
    desk.stands_at(1)
    assert (desk.ahead, desk.is_claimed(1)) == ([], True)


def test_without_a_network_a_decision_waits_and_goes_once(desk: Desk) -> None:
    desk.open()
    desk.cut()
    desk.page.keyboard.press("a")
    desk.stands_at(1)
    desk.phone.sees(desk.phone.words(KEPT).replace("DECISIONS", "1"))
    desk.phone.picture("desk-offline")
    assert desk.decided(0) == []
    desk.phone.context.set_offline(False)
    desk.phone.reads("Every decision from this phone is sent.")
    assert desk.decided(0) == [(Verdict.APPROVE, 1, False)]
    desk.phone.open("/review/products")
    desk.page.wait_for_timeout(500)
    assert desk.decided(0) == [(Verdict.APPROVE, 1, False)]


def test_what_was_overtaken_while_it_waited_is_told_and_not_lost(desk: Desk) -> None:
    desk.open()
    desk.page.locator("#return-note").fill("Cho thấy cả gói")
    desk.cut()
    desk.page.locator("#return button[value=return]").click()
    desk.stands_at(1)
    desk.changed(0)
    desk.phone.expected = {409}
    desk.phone.context.set_offline(False)
    desk.phone.sees(desk.phone.words("The seller changed this meanwhile. Read the new version, then decide."))
    desk.phone.picture("desk-overtaken-waiting")
    desk.phone.press("See what you wrote")
    desk.phone.reads("What you wrote is kept")
    desk.phone.sees("Cho thấy cả gói")
    desk.phone.picture("desk-overtaken")
    desk.phone.press("Go on with the new version")
    desk.page.get_by_role("heading", level=1, name="Chè 0 mới").wait_for()
    assert desk.page.locator("#return-note").input_value() == "Cho thấy cả gói"
    desk.phone.open("/review/products")
    desk.page.wait_for_timeout(500)
    assert desk.page.locator(".phone-lines").is_hidden(), "it lies on no page any more"
    assert desk.decided(0) == []


def test_an_answer_that_was_lost_is_asked_for_again_and_decides_once(desk: Desk) -> None:
    desk.open()
    desk.phone.online = False
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    desk.page.route("**/press", lose, times=1)
    desk.page.keyboard.press("a")
    desk.stands_at(1)
    assert lost == [200]
    assert desk.decided(0) == [(Verdict.APPROVE, 1, False)]
    desk.phone.reads("Every decision from this phone is sent.")
    assert desk.decided(0) == [(Verdict.APPROVE, 1, False)]


def test_the_empty_return_is_refused_in_its_form(desk: Desk) -> None:
    desk.open()
    desk.phone.expected = {422}
    desk.page.locator("#return button[value=return]").click()
    desk.phone.reads("Choose a reason, or write what is to be mended.")
    assert desk.decided(0) == []
