"""From a phone photo to a delivered order, with scripts and without."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from tests import photos
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
NEAR = 60  # how far a colour may be from the one that was laid down, after two encoders


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_photo_to_a_delivered_order(market: Market, phones: Callable[..., Phone], scripts: bool) -> None:
    name, asked = (
        ("Miến dong Tả Lèng", "mien dong ta leng") if scripts else ("Miến dong Nậm Loỏng", "mien dong nam loong")
    )

    member = phones(market, "member", scripts=scripts)
    steps.sign_in(member, "member")
    steps.list_goods(member, name, steps.from_the_camera())

    stranger = phones(market, "visitor", scripts=scripts)
    stranger.open(f"/search?q={asked.replace(' ', '+')}")
    assert name not in stranger.text, "nobody sees goods before an officer has"

    officer = phones(market, "officer", scripts=scripts)
    steps.sign_in(officer, "officer")
    steps.approve(officer, name)

    buyer = phones(market, "buyer", scripts=scripts)
    steps.find(buyer, asked, name)
    pictures_are_upright_and_tell_nothing(buyer, number=3)
    steps.put_into_cart(buyer)
    steps.find(buyer, "mat ong sin suoi ho", "Mật ong Sin Suối Hồ")
    steps.put_into_cart(buyer)
    steps.check_out(buyer, "cash_on_delivery")
    buyer.reads("Order placed. Keep this page: it shows where your goods are.")
    buyer.picture("placed")
    codes = steps.codes_on(buyer)
    assert len(codes) == 2, "one order for each cooperative"

    mine, others = each_sees_only_its_own(market, phones, member, codes)
    steps.take_along(member, mine)

    buyer.page.reload()
    parcel = buyer.page.locator(f"section.parcel:has(#order-{mine})")
    assert buyer.words("Delivered") in " ".join(parcel.inner_text().split())
    other = buyer.page.locator(f"section.parcel:has(#order-{others})")
    assert buyer.words("Delivered") not in other.locator(".status").first.inner_text()
    buyer.picture("delivered")
    market.assert_sound()


def each_sees_only_its_own(
    market: Market, phones: Callable[..., Phone], member: Phone, codes: list[str]
) -> tuple[str, str]:
    """Both sellers look at their orders; returns the member's code and the other one's."""
    neighbour = phones(market, "neighbour", scripts=member.scripts)
    steps.sign_in(neighbour, "stranger")
    seen = []
    for phone in (member, neighbour):
        phone.open("/my/orders")
        phone.picture("orders")
        seen.append([code for code in steps.codes_on(phone) if code in codes])
    (mine,), (others,) = seen
    assert {mine, others} == set(codes)
    for phone, foreign in ((member, others), (neighbour, mine)):
        phone.expected = {404}
        phone.open(f"/my/orders/{foreign}")
        assert phone.page.locator("h1").count() == 1
        assert "Trần Minh Anh" not in phone.text
        phone.expected = set()
    return mine, others


def pictures_are_upright_and_tell_nothing(phone: Phone, *, number: int) -> None:
    """Every rendition of the page's pictures stands as it was taken and carries no EXIF, GPS nor other words."""
    sources = phone.page.locator(".gallery-strip picture")
    assert sources.count() == number
    addresses = set()
    for place in range(number):
        for tag in ("source", "img"):
            srcset = sources.nth(place).locator(tag).get_attribute("srcset") or ""
            addresses |= {one.split()[0] for one in srcset.split(",")}
    assert len(addresses) == number * 12, "six widths, two formats"
    for address in sorted(addresses):
        data = phone.context.request.get(phone.market.url + address).body()
        for secret in (b"Exif", b"xmpmeta", b"secret village", photos.COMMENT, b"Xiaomi"):
            assert secret not in data, f"{secret!r} in {address}"
        picture = Image.open(BytesIO(data))
        assert not picture.getexif()
        assert corners(picture) == tuple(photos.CORNERS), address


def corners(picture: Image.Image) -> tuple[str, ...]:
    """The names of the colours in the four corners: top left, top right, bottom left, bottom right."""
    width, height = picture.size
    found = []
    for x, y in ((0.08, 0.08), (0.92, 0.08), (0.08, 0.92), (0.92, 0.92)):
        pixel = picture.convert("RGB").getpixel((int(width * x), int(height * y)))
        distance = {
            name: max(abs(a - b) for a, b in zip(pixel, rgb, strict=True)) for name, rgb in photos.CORNERS.items()
        }
        nearest = min(distance, key=lambda name: distance[name])
        found.append(nearest if distance[nearest] < NEAR else f"none of them: {pixel}")
    return tuple(found)
