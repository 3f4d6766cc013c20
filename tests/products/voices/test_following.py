"""The note follows the revision: sent with it, frozen, copied to the next draft, heard by the officer, never public."""

import pytest

from cooperatives.voices import services as keeping
from cooperatives.voices.names import file_name
from products import queries, services
from products.copies import services as copies
from products.models import Product, ProductRevision, RevisionVoice
from products.review.models import Verdict
from products.voices import services as spoken
from products.voices import tasks
from shop.core import clock
from shop.core.db import db, writing
from shop.core.sound.notes import note_of
from tests import voices
from tests.products.complete import draft_of, handle
from tests.products.review.sent import decided, path_of

FIRST, OTHER = note_of(voices.webm(38)), note_of(voices.webm(12))


@pytest.fixture
def goods(cast, storage):
    """A complete draft with a spoken note."""
    for note in (FIRST, OTHER):
        keeping.save_file(storage, note)
    with writing():
        product = draft_of(cast)
        for note in (FIRST, OTHER):
            keeping.add(cast.cooperative(), cast.member, note)
        spoken.put(product, FIRST.digest, cast.member)
        return handle(product)


def product_of(goods):
    return db.session.get_one(Product, goods.id)


def digests(goods):
    """The note beside each revision, oldest first."""
    found = db.session.query(ProductRevision).filter_by(product_id=goods.id).order_by(ProductRevision.number)
    return [revision.voice and revision.voice.digest for revision in found]


def send(cast, goods):
    with writing():
        services.submit(product_of(goods), cast.member)


def approved(cast, goods):
    send(cast, goods)
    decided(cast, product_of(goods), Verdict.APPROVE)


def test_the_officer_hears_what_was_sent(browser, cast, goods):
    send(cast, goods)
    browser.sign_in(cast.officer)
    browser.get(path_of(product_of(goods)))
    assert browser.says("What the seller says (%(seconds)s seconds)", seconds=38)
    heard = browser.get(browser.one("main audio").get("src"))
    assert heard.data == FIRST.data


def test_without_a_note_the_officer_sees_no_player(browser, cast, goods):
    with writing():
        spoken.remove(product_of(goods), FIRST.digest, cast.member)
    send(cast, goods)
    browser.sign_in(cast.officer)
    browser.get(path_of(product_of(goods)))
    assert not browser.all("audio")


def test_the_next_draft_begins_with_it_and_the_sent_one_keeps_its_own(cast, goods):
    approved(cast, goods)
    with writing():
        spoken.put(product_of(goods), OTHER.digest, cast.member)
    assert digests(goods) == [FIRST.digest, OTHER.digest]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda product, cast: spoken.put(product, OTHER.digest, cast.member), "It is another one now."),
        (lambda product, cast: spoken.remove(product, FIRST.digest, cast.member), "It was taken away."),
    ],
)
def test_an_edit_says_that_the_note_changed(browser, cast, goods, change, sentence):
    approved(cast, goods)
    with writing():
        change(product_of(goods), cast)
    send(cast, goods)
    browser.sign_in(cast.officer)
    browser.get(path_of(product_of(goods)))
    assert browser.says(sentence)
    assert not browser.says("Nothing that buyers see changes.")


def test_an_edit_that_leaves_the_note_says_nothing_of_it(browser, cast, goods):
    approved(cast, goods)
    with writing():
        services.start_edit(product_of(goods), cast.member)
    send(cast, goods)
    browser.sign_in(cast.officer)
    browser.get(path_of(product_of(goods)))
    assert browser.says("Nothing that buyers see changes.")
    assert len(browser.all("audio")) == 1


def test_a_copy_of_the_goods_says_nothing_of_the_other_ones(cast, goods):
    with writing():
        made = copies.copy(product_of(goods), cast.member, "key-of-a-copied-form", photos=True)
        assert queries.open_revision(made).voice is None


def test_nothing_public_shows_it(browser, cast, goods, storage):
    approved(cast, goods)
    product = product_of(goods)
    shelf = f"/san-pham/{product.slug}-{product.code}"
    pages = [shelf, "/", "/tim-kiem?q=mien", "/marketplaces/google.xml", "/sitemap.xml"]
    with browser.app.test_request_context(base_url=browser.origin):
        rules = {rule.endpoint: rule for rule in browser.app.url_map.iter_rules()}
    assert {"storefront.product", "marketplaces.google", "marketplaces.meta"} <= set(rules)
    pages += [rules["marketplaces.google"].rule, rules["marketplaces.meta"].rule]
    seen = [browser.get(page, follow=True).get_data(as_text=True) for page in pages]
    assert any("Miến dong Bình Lư" in page for page in seen)
    for page in seen:
        assert FIRST.digest not in page
        assert "<audio" not in page
        assert "/voices/" not in page
    assert [name for name in storage.list("public/") if FIRST.digest[:16] in name or name.endswith(".webm")] == []
    assert FIRST.data not in [storage.get(name) for name in storage.list("public/")]


def test_what_no_revision_has_goes_after_a_month(cast, goods, storage):
    assert tasks.forget_unused() == 0
    clock.set_for_tests(clock.after(days=31))
    assert tasks.forget_unused() == 1
    assert storage.exists(file_name(FIRST.digest))
    assert not storage.exists(file_name(OTHER.digest))
    assert tasks.forget_unused() == 0
    assert db.session.query(RevisionVoice).count() == 1


def test_a_file_that_another_seller_holds_too_stays(cast, goods, storage):
    clock.set_for_tests(clock.after(days=20))
    with writing():
        keeping.add(cast.cooperative("other_cooperative"), cast.stranger, OTHER)
    clock.set_for_tests(clock.after(days=11))
    assert tasks.forget_unused() == 1
    assert storage.exists(file_name(OTHER.digest))
