"""Whatever people do, in whatever order: buyers, feeds and search see approved words and pictures, nothing else (I18).

Every revision has a word of its own. After each step every public surface is read for words and pictures that should
not be there; each change has left an audit row, and each refusal has changed nothing (I20).
"""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from products.lifecycle import Shelf
from products.models import Product, ProductRevision
from products.review.models import Decision, Verdict
from shop.cli.verify import violations
from shop.core.db import db
from shop.core.present import media_key
from shop.core.storage import public_name
from tests.browser import Browser
from tests.cast import Cast
from tests.shop.storefront.lives import RUNS, STEPS, Life, draw_small, sweep

WORD = re.compile(r"zq[bcdghklmnpqrstvx]{6}")


def approved(life: Life) -> dict[int, tuple[int, int]]:
    """The (product, number) whose words buyers may see now, by the kept decisions alone; not by the pointer."""
    rows = db.session.execute(
        select(ProductRevision.product_id, Decision.number)
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            Decision.verdict == Verdict.APPROVE,
            Decision.carried_out_at.is_not(None),
            Product.shelf == Shelf.ON_SALE,
            Cooperative.state == CooperativeState.ACTIVE,
            Product.id.in_(life.goods),
        )
        .order_by(Decision.carried_out_at, Decision.id)
    )
    return {product: (product, number) for product, number in rows}


def surfaces(life: Life) -> list[str]:
    """Every address a stranger can open that shows goods."""
    seller = life.cast.cooperative()
    pages = [
        "/",
        "/search?q=zq",
        "/search?q=che",
        "/categories/tea",
        "/categories/processed",
        "/en/",
        "/hi/search?q=zq",
    ]
    pages += [f"/producers/{seller.slug}-{seller.code}", f"/communes/{seller.commune_code}"]
    pages += ["/feeds/google.xml", "/feeds/meta.csv", "/sitemap.xml", "/sitemaps/products-1.xml"]
    goods = db.session.execute(select(Product.slug, Product.code).where(Product.id.in_(life.goods))).all()
    return pages + [f"/products/{name}-{code}" for slug, code in goods for name in (slug, "x")]


def words_on(visitor: Browser, path: str) -> set[str]:
    """The words an address gives away; one that opens nothing may say back the address that was asked for."""
    answer = visitor.client.get(path, base_url=visitor.origin)
    assert answer.status_code < 500, path
    said = set(WORD.findall(answer.get_data(as_text=True) + answer.headers.get("Location", "")))
    return said - set(WORD.findall(path)) if answer.status_code == 404 else said


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(RUNS))
def test_only_approved_words_and_pictures(app: Flask, cast: Cast, storage, seed: int) -> None:
    life, visitor = Life(app, cast, seed), Browser(app)
    draw_small(app)
    for _ in range(STEPS):
        status, changed, audited, actions = life.step()
        told = f"seed {seed}: {life.log}"
        assert status < 500, told
        assert changed == audited, f"{told} {actions}"
        assert status < 400 or not changed, told
        sweep()
        may = approved(life)
        allowed = {word for key in may.values() for word in WORD.findall(life.said.get(key, ""))}
        seen = {path: words_on(visitor, path) for path in surfaces(life)}
        assert set().union(*seen.values()) <= allowed, f"{told} {seen} but {allowed}"
        assert allowed <= seen["/search?q=zq"], told
        pictures = {digest for key in may.values() for digest in life.shown.get(key, ())}
        public = {one for one in life.drawn if storage.exists(public_name(media_key(), one, 160, "jpg"))}
        assert public == pictures & set(life.drawn), told
    assert violations() == [], f"seed {seed}: {life.log}"
