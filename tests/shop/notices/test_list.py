"""A person's list: newest first, in pages, marked as read by opening; and the badge that counts."""

from sqlalchemy import select

from shop.core.db import db, writing
from shop.notices import services
from shop.notices.models import Notice
from shop.notices.routes import AT_ONCE
from tests.browser import Browser


def _told(cast, number: int = 1, url: str = "/desk") -> str:
    with writing():
        return [services.tell(cast.member, "cooperative_admitted", url, name=f"HTX {n}") for n in range(number)][
            -1
        ].code


def _badge(browser: Browser) -> str:
    found = browser.all(".bell .count")
    return found[0].text if found else ""


def test_the_newest_first_in_pages(browser: Browser, cast) -> None:
    _told(cast, AT_ONCE + 2)
    browser.sign_in(cast.member)
    browser.get("/notices")
    lines = [line.text_content() for line in browser.all("main li.card a")]
    assert [lines[0], lines[-1], len(lines)] == [f"HTX {AT_ONCE + 1} đã được nhận", "HTX 2 đã được nhận", AT_ONCE]
    browser.get(browser.one("a[rel=next]").get("href"))
    assert [line.text_content() for line in browser.all("main li.card a")] == [
        "HTX 1 đã được nhận",
        "HTX 0 đã được nhận",
    ]


def test_opening_one_marks_it_and_leads_on(browser: Browser, cast) -> None:
    code = _told(cast, 2, "/my/products")
    browser.sign_in(cast.member)
    assert browser.get(f"/n/{code.lower()}").location == "/my/products"
    assert list(db.session.scalars(select(Notice.code).where(Notice.read_at.is_not(None)))) == [code]
    browser.get("/notices")
    assert _badge(browser) == "1"
    assert len(browser.all("main li .status")) == 1


def test_the_badge_counts_on_signed_in_pages_only(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert (len(browser.all(".bell")), _badge(browser)) == (1, "")
    _told(cast, 3)
    browser.get("/my/products")
    assert _badge(browser) == "3"
    for open_to_all in ("/", "/cart", "/my/products/shell"):
        browser.get(open_to_all)
        assert not browser.all(".bell"), open_to_all
    with writing():
        db.session.add_all(
            Notice(user_id=cast.member.id, kind="order_paid", params={"code": "1"}, url="/desk") for _ in range(100)
        )
    browser.get("/desk")
    assert _badge(browser) == "99+"


def test_all_that_was_on_the_page_is_read(browser: Browser, cast) -> None:
    _told(cast, 2)
    browser.sign_in(cast.member)
    browser.get("/notices")
    newest = browser.one("input[name=newest]").get("value")
    late = _told(cast)
    browser.post("/notices/read", newest=newest)
    assert list(db.session.scalars(select(Notice.code).where(Notice.read_at.is_(None)))) == [late]


def test_nobody_reads_anothers(browser: Browser, cast) -> None:
    code = _told(cast)
    browser.sign_in(cast.stranger)
    browser.get("/notices")
    assert "HTX 0" not in browser.text
    assert browser.get(f"/n/{code}").status_code == 404
    browser.post("/notices/read", newest="999999")
    assert db.session.scalar(select(Notice.read_at)) is None


def test_a_visitor_signs_in_first_and_comes_back(browser: Browser, cast) -> None:
    code = _told(cast)
    assert browser.get(f"/n/{code}").location.endswith(f"/sign-in?next=/n/{code}")
    assert browser.get("/n/00000000").status_code == 302  # who is not signed in learns nothing
