"""What people do at the market, one verb each; the same steps with scripts and without."""

import re
from collections.abc import Sequence
from typing import Any

from shop.accounts.factor.codes import present_code
from shop.accounts.factor.models import SecondFactor
from shop.core.db import db, writing
from shop.core.seal import unseal
from tests import photos
from tests.cast import PEOPLE
from tests.journeys.phone import Phone

Photo = dict[str, Any]
ORDER_CODE = re.compile(r"\b([A-Z]{2,3}) (\d{4}) (\d{4})\b")
CARD = "4242 4242 4242 4242"


def from_the_camera() -> list[Photo]:
    """Three photos as a phone stores them: turned three ways, with the place they were taken in; one is heavy."""
    made = [
        photos.jpeg(2400, 1800, orientation=6, seed=0, quality=92),
        photos.jpeg(1000, 1300, orientation=8, seed=2),
        photos.jpeg(1200, 900, orientation=3, seed=3),
    ]
    return [
        {"name": f"IMG_{place}.jpg", "mimeType": "image/jpeg", "buffer": data} for place, data in enumerate(made, 1)
    ]


def enter_by_code(phone: Phone, number: str) -> None:
    """Prove a number (E.164) on the sign-in page by the code that comes as a text."""
    before = len(phone.market.codes(number))
    phone.fill("Phone number", "0" + number.removeprefix("+84"))
    phone.picture("sign-in")
    phone.press("Send me the code")
    phone.reads("Enter the code")
    phone.fill("Code in the message", phone.market.code_for(number, before))
    phone.picture("code")
    phone.press("Continue")


def sign_in(phone: Phone, who: str) -> None:
    """Sign in by the code that comes as a text."""
    phone.open("/sign-in")
    enter_by_code(phone, PEOPLE[who][1])
    if who in {"officer", "officer_elsewhere", "admin"}:
        show_second_factor(phone, who)
    phone.reads("Hello, %(name)s", name=PEOPLE[who][0])


def show_second_factor(phone: Phone, who: str) -> None:
    """Set the code app up where this is the first time, eight codes on paper; else enter what it shows."""
    phone.page.wait_for_url("**/second-factor**")
    if "set-up" not in phone.path:
        phone.fill("Code of your app", code_of_app(phone, who))
        phone.press("Continue")
        return
    key = (phone.page.locator("[data-part=key]").text_content() or "").replace(" ", "")
    phone.fill("Code of your app", present_code(key))
    phone.press("Continue")
    phone.reads("Your recovery codes")
    phone.follow("I wrote them down")


def code_of_app(phone: Phone, who: str) -> str:
    """What the app of somebody of the cast shows; half a minute is taken as gone since it was last used."""
    with phone.market.app.app_context():
        with writing():
            factor = db.session.get_one(SecondFactor, phone.market.cast.ids[who])
            factor.last_step = 0
            secret = unseal(factor.sealed)
        db.session.remove()
    return present_code(secret)


def list_goods(phone: Phone, name: str, pictures: Sequence[Photo]) -> None:
    """List goods with the six answers of the form, and send them to the officer."""
    write_goods(phone, name, pictures)
    phone.press("Send for review")
    phone.reads("Sent for review. Usually answered in 2 working days.")
    phone.picture("sent")


def write_goods(phone: Phone, name: str, pictures: Sequence[Photo]) -> None:
    """Give the six answers of the form and the photos, up to the button that sends."""
    phone.open("/desk")
    phone.picture("desk")
    phone.follow("List a product")
    if phone.scripts:
        phone.page.set_input_files("#picker", pictures)
        phone.page.locator(".photo-strip li").nth(len(pictures) - 1).wait_for()
    phone.page.locator("#name").fill(name)
    _pick(phone, "category", "processed")
    phone.page.locator("#price").fill("55.000")
    _pick(phone, "unit", "goi")
    phone.page.locator("#pack_amount").fill("500 g")
    phone.page.locator("#quantity").fill("30")
    phone.picture("form")
    if not phone.scripts:
        phone.press("Next: photos")
        for picture in pictures:
            phone.page.set_input_files("#photo", picture)
            phone.press("Add this photo")
            phone.reads("The photos are kept.")
        phone.picture("photos")


def _pick(phone: Phone, field: str, code: str) -> None:
    chip = phone.page.locator(f'label.choice:has(input[name="{field}"][value="{code}"])')
    if not chip.is_visible():  # among the others, behind the fold
        phone.page.locator(f"#{field} details.more > summary").click()
    chip.click()


def approve(phone: Phone, name: str) -> None:
    """Open what waits, look, approve; then the ten seconds pass in which that could be undone."""
    phone.open("/review/products")
    phone.picture("queue")
    phone.page.get_by_role("link", name=name).first.click()
    phone.sees(name)
    phone.picture("review")
    phone.press("Approve")
    phone.reads("Approved: %(product)s", product=name)
    phone.market.ten_seconds_pass()


def find(phone: Phone, asked: str, name: str) -> None:
    """Search from home in the words a phone keyboard gives, and open what was found."""
    phone.open("/")
    phone.picture("home")
    phone.page.locator("#q").fill(asked)
    phone.press("Search")
    phone.picture("search")
    phone.page.get_by_role("link", name=name).first.click()
    phone.page.get_by_role("heading", level=1, name=name).wait_for()
    phone.picture("product")


def put_into_cart(phone: Phone) -> None:
    phone.press("Add to cart")
    phone.page.get_by_role("heading", level=1, name=phone.words("Cart"), exact=True).wait_for()


def check_out(phone: Phone, method: str) -> None:
    """From the cart to the placed order: details, check, pay by `method`."""
    phone.picture("cart")
    phone.follow("Continue to order")
    give_details(phone)
    phone.page.locator(f'label.choice:has(input[value="{method}"])').click()
    phone.picture("confirmation")
    phone.page.locator("form:has(input[name=seen]) button[type=submit]").click()


def give_details(phone: Phone) -> None:
    """Say who receives it and where, up to the page on which everything is checked."""
    tell_who_and_where(phone)
    phone.picture("details")
    phone.press("Check the order")


def tell_who_and_where(phone: Phone) -> None:
    """Fill in the five fields."""
    phone.fill("Who receives it", "Trần Minh Anh")
    phone.fill("Phone number", "0912 000 106")
    phone.page.select_option("#province", "01")
    if not phone.scripts:
        phone.press("Show its communes")
    phone.page.locator('[name="commune"] option[value="00004"]').wait_for(state="attached")
    if phone.scripts:
        phone.page.locator("#commune").fill("ba dinh")
        phone.page.get_by_role("option", name="Phường Ba Đình").first.click()
    else:
        phone.page.select_option("#commune", "00004")
    phone.fill("House and street, or hamlet", "Số 12 phố Ngọc Hà")


def codes_on(phone: Phone) -> list[str]:
    """The order codes the page shows, each once, in their order."""
    return list(dict.fromkeys("".join(found) for found in ORDER_CODE.findall(phone.text.replace("\u00a0", " "))))


def take_along(phone: Phone, code: str) -> None:
    """Accept an order, pack it, hand it over, deliver it."""
    hand_over(phone, code)
    phone.press("The buyer has it")
    phone.reads("Delivered. Thank you.")
    phone.picture("order-delivered")


def hand_over(phone: Phone, code: str) -> None:
    """Accept an order, pack it, hand it over."""
    phone.open(f"/my/orders/{code}")
    phone.picture("order-new")
    phone.press("Accept this order")
    phone.reads("Accepted. Pack it now.")
    for line in phone.page.locator("label.choice:has(input[name=packed])").all():
        line.click()
    phone.press("Everything is packed")
    phone.reads("Packed. Hand it to the carrier.")
    phone.fill("Carrier", "Xe khách Hải Vân")
    phone.picture("order-packed")
    phone.press("The carrier has it")
    phone.reads("Sent. The buyer knows.")
