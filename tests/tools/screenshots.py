"""Draws docs/screenshots from the demo market: home, product, cart, form and review at 360 and 1280 pixels.

python -m tests.tools.screenshots [FOLDER]
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sqlalchemy import func, select

from cooperatives.models import Cooperative, Membership
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from shop.accounts.models import OfficerCommune, User
from shop.config import ROOT
from shop.core.db import db, writing
from tests.browser import signed_in
from tests.journeys.phone import chrome
from tests.server import Market, running_market
from tests.shelves import with_demo

SHAPES = {
    360: {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
    1280: {"viewport": {"width": 1280, "height": 800}},
}
TALLEST = 1300  # CSS pixels: enough to see what a page is
HEAVIEST = 300_000  # bytes of a picture in the repository
FLAT = 32  # colours of paper, ink and cloth, kept as they are


class Scene(NamedTuple):
    """What is photographed: addresses in the demo market, and the people who see them."""

    products: list[str]  # of two sellers
    review: str
    member: str  # session tokens
    officer: str


def main(folder: Path) -> int:
    """Fill a market of its own, photograph it at both widths, and say where the pictures lie."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, running_market(Path(home), with_demo) as market:
        with market.app.app_context():
            scene = arrange()
        with sync_playwright() as playwright, chrome(playwright) as browser:
            for width in SHAPES:
                photograph(browser, market, scene, width, folder)
    print(f"The pictures lie in {folder}.")
    return 0


def arrange() -> Scene:
    """Choose goods with a long story, a revision that waits, and the people who may see the form and the review."""
    told = func.length(RevisionText.story)
    pictures = select(func.count()).where(RevisionPhoto.revision_id == Product.approved_revision_id).scalar_subquery()
    rows = db.session.execute(
        select(Product.slug, Product.code, Product.cooperative_id)
        .join(RevisionText, (RevisionText.revision_id == Product.approved_revision_id) & (RevisionText.lang == "vi"))
        .where(pictures > 1)
        .order_by(told.desc(), Product.id)
    ).all()
    first = rows[0]
    second = next(row for row in rows if row.cooperative_id != first.cooperative_id)
    code, number, commune = db.session.execute(
        select(Product.code, ProductRevision.number, Cooperative.commune_code)
        .select_from(ProductRevision)
        .join(Product, ProductRevision.product_id == Product.id)
        .join(Cooperative, Product.cooperative_id == Cooperative.id)
        .where(ProductRevision.state == RevisionState.SUBMITTED)
        .order_by(ProductRevision.submitted_at)
    ).first()
    officer = db.session.scalar(select(OfficerCommune.user_id).where(OfficerCommune.commune_code == commune))
    member = db.session.scalar(
        select(Membership.user_id).where(
            Membership.cooperative_id == first.cooperative_id, Membership.left_at.is_(None)
        )
    )
    return Scene(
        products=[f"/products/{row.slug}-{row.code}" for row in (first, second)],
        review=f"/review/products/{code}/{number}/decision",
        member=cookie_of(member),
        officer=cookie_of(officer),
    )


def cookie_of(user_id: int) -> str:
    """Begin a session; gives the cookie's value."""
    with writing():
        user = db.session.get_one(User, user_id)
        return signed_in(user)


def photograph(browser: Browser, market: Market, scene: Scene, width: int, folder: Path) -> None:
    """Take the five pictures of one width."""

    def take(context: BrowserContext, name: str, path: str) -> None:
        page = context.new_page()
        page.goto(market.url + path, wait_until="networkidle")
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})  # so that lazy photos are drawn
        page.wait_for_load_state("networkidle")
        keep(page.screenshot(), folder / f"{name}-{width}.png")
        page.close()

    def somebody(token: str = "") -> BrowserContext:
        context = browser.new_context(**SHAPES[width], locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        if token:
            host = urlsplit(market.url).hostname
            context.add_cookies([{"name": "session", "value": token, "domain": host, "path": "/"}])
        return context

    buyer = somebody()
    take(buyer, "home", "/")
    take(buyer, "product", scene.products[0])
    fill_cart(buyer, market, scene)
    take(buyer, "cart", "/cart")
    take(somebody(scene.member), "form", "/my/products/new")
    take(somebody(scene.officer), "review", scene.review)


def keep(drawn: bytes, path: Path) -> None:
    """Write a picture in 256 colours: the page's own exactly, its photos in a fine grain; a third of the bytes."""
    picture = Image.open(BytesIO(drawn)).convert("RGB")
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    photos = picture.quantize(256 - FLAT, method=Image.Quantize.MAXCOVERAGE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for _times, colour in counted[:FLAT] for value in colour] + photos[: 3 * (256 - FLAT)])
    picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    if path.stat().st_size > HEAVIEST:
        raise SystemExit(f"{path} is heavier than {HEAVIEST} bytes.")


def fill_cart(buyer: BrowserContext, market: Market, scene: Scene) -> None:
    """Put goods of two sellers into the cart, as a buyer does."""
    page = buyer.new_page()
    for path in scene.products:
        page.goto(market.url + path)
        page.locator('form[action$="/cart/lines"] button[type="submit"]').first.click()
        page.wait_for_load_state("networkidle")
    page.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"))
