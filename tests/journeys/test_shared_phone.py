"""One phone in a household: what is not sent stays with its owner; two phones on one draft agree."""

from collections.abc import Callable

import pytest

from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.test_weak_signal import drafts_named
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
COUNT = """async () => { const { draftsOf, photosOf } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js"));
    const own = await draftsOf(OWNER); let photos = 0;
    for (const { key } of own) photos += (await photosOf(key)).length;
    return [own.length, photos]; }"""


def become(phone: Phone, who: str) -> None:
    cookie = {"name": "session", "value": phone.market.signed_in(who)[0], "url": phone.market.url}
    phone.context.add_cookies([cookie])


def kept(phone: Phone, who: str) -> list[int]:
    """How many drafts and photos of somebody lie on this phone."""
    found: list[int] = phone.page.evaluate(COUNT.replace("OWNER", f"'{phone.market.cast.ids[who]}'"))
    return found


def write_and_leave_at_once(phone: Phone, name: str) -> None:
    """Type a name and go before anything could be sent."""
    phone.open("/my/products/new")
    phone.page.locator(".photo-slot").first.wait_for()
    phone.page.locator("#name").fill(name)
    phone.reads("Saved on this phone")
    phone.open("/account")


def test_a_borrowed_phone_shows_nobody_elses_work(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Nấm hương Nậm Nhùn"
    phone = phones(market, "household")
    become(phone, "member")
    write_and_leave_at_once(phone, name)
    phone.press("Sign out")
    phone.page.locator("[data-part=note] p", has_text="1").wait_for()
    phone.picture("sign-out")
    phone.press("Sign out, keep them here for me")
    phone.page.wait_for_url(f"{market.url}/")
    assert kept(phone, "member") == [1, 0]

    become(phone, "stranger")
    phone.open("/my/products/new")
    phone.page.locator(".photo-slot").first.wait_for()
    assert name not in phone.page.locator("body").inner_text()
    phone.open("/my/products")
    phone.page.wait_for_timeout(3000)
    assert drafts_named(market, name) == [], "nothing is sent under somebody else's name"

    become(phone, "member")
    phone.open("/my/products/new")
    phone.page.locator("[data-part=unfinished] a", has_text=name).click()
    phone.page.wait_for_function("name => document.querySelector('#name')?.value === name", arg=name)
    until(lambda: drafts_named(market, name), "the draft")


def test_signing_out_wipes_what_was_sent(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Nấm hương Pa Tần"
    phone = phones(market, "household")
    become(phone, "second_member")
    phone.open("/my/products/new")
    phone.page.set_input_files("#picker", steps.from_the_camera()[1:2])
    phone.page.locator(".photo-strip li").first.wait_for()
    phone.page.locator("#name").fill(name)
    until(lambda: (found := drafts_named(market, name)) and found[0][2], "the draft and its photo")
    phone.page.locator("[data-part=strip] li").first.wait_for()
    assert kept(phone, "second_member") == [1, 1]
    phone.open("/account")
    phone.press("Sign out")
    phone.page.wait_for_url(f"{market.url}/")
    assert kept(phone, "second_member") == [0, 0]


def test_what_waits_is_sent_from_the_next_page(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Nấm hương Mù Cả"
    phone = phones(market, "grower")
    become(phone, "member")
    write_and_leave_at_once(phone, name)
    assert drafts_named(market, name) == []
    phone.open("/my/products")
    phone.reads("Everything from this phone is sent.")
    assert len(drafts_named(market, name)) == 1


def test_two_phones_agree_field_by_field(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Nấm hương Tà Tổng"
    first, second = phones(market, "daughter"), phones(market, "digital-team")
    for phone in (first, second):
        become(phone, "member")
    first.open("/my/products/new")
    first.page.locator(".photo-slot").first.wait_for()
    first.page.locator("#name").fill(name)
    first.page.wait_for_url("**/edit")
    second.open(first.path)
    second.page.locator("#price").fill("45k")
    first.page.locator("#quantity").fill("30")
    for phone in (first, second):
        phone.page.locator("[data-part=sent]", has_text=phone.words("Sent at TIME").split("TIME")[0].strip()).wait_for()
    second.page.reload()
    values = {field: second.page.locator(f"#{field}").input_value() for field in ("name", "price", "quantity")}
    assert values == {"name": name, "price": "45.000", "quantity": "30"}
    assert len(drafts_named(market, name)) == 1
