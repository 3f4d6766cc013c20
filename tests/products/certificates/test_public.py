"""What buyers and machines are told of a certificate: from verified to its last day, and nothing the day after."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperatives.certificates.models import CertificateVerdict
from cooperatives.lifecycle import CooperativeState
from products.certificates.shown import by_goods, of_product, of_seller
from shop.core import clock
from shop.core.days import end_of, today
from shop.core.db import db, writing
from tests.browser import Browser
from tests.cooperatives.certificates.sending import decided, found, on_day, sent, verified
from tests.shelves import give_files

V = CertificateVerdict


def surfaces(browser: Browser, cast, code: str) -> dict[str, bool]:
    """Say on which surfaces something of the certificate can be read, as a visitor without any cache."""
    product, seller = cast.product(), cast.cooperative()
    pages = {
        "product": f"/products/{product.slug}-{product.code}",
        "producer": f"/producers/{seller.slug}-{seller.code}",
        "google": "/feeds/google.xml",
        "meta": "/feeds/meta.csv",
        "search": "/search?q=che",
    }
    answers = {
        name: browser.client.get(path, base_url=browser.origin, follow_redirects=True) for name, path in pages.items()
    }
    told = {name: "123/QĐ-UBND" in answer.text or "OCOP" in answer.text for name, answer in answers.items()}
    data = json.loads(answers["product"].text.split('ld+json">')[1].split("</script>")[0])
    told["json-ld"] = "hasCertification" in data
    photo = browser.client.get(f"/certificates/{code}/photo.jpg", base_url=browser.origin)
    return told | {"photo": photo.status_code == 200}


TOLD = {"product", "producer", "google", "json-ld", "photo"}


def where(browser: Browser, cast, code: str) -> set[str]:
    return {name for name, told in surfaces(browser, cast, code).items() if told}


def test_only_from_verified_on_and_until_withdrawn(app, browser: Browser, cast) -> None:
    give_files(app)
    code = sent(cast)
    assert where(browser, cast, code) == set()
    decided(cast, code)
    assert where(browser, cast, code) == TOLD
    decided(cast, code, V.WITHDRAW, note="Bị thu hồi")
    assert where(browser, cast, code) == set()


def test_its_last_day_counts_and_the_day_after_nothing_is_left(app, browser: Browser, cast) -> None:
    """By the calendar of Việt Nam: the last second of the day shows it, the next one does not."""
    give_files(app)
    code, last = verified(cast, days=3), today() + timedelta(days=3)
    on_day(last)
    assert where(browser, cast, code) == TOLD
    clock.set_for_tests(end_of(last) + timedelta(seconds=1))
    assert where(browser, cast, code) == set()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lasts=st.integers(0, 1500), seconds=st.integers(0, 1600 * 86_400))
def test_any_day_at_any_second(session, cast, lasts: int, seconds: int) -> None:
    """Whatever moment it is read at, it is told exactly while the day in Việt Nam is not past its last one."""
    clock.set_for_tests(None)
    begun, code = today(), verified(cast, days=lasts, number=f"{lasts}-{seconds}")
    moment = clock.now() + timedelta(seconds=seconds)
    clock.set_for_tests(moment)
    still = moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date() <= begun + timedelta(days=lasts)
    product, seller = cast.ids["tea"], cast.ids["cooperative"]
    told = [of_product(product, seller), of_seller(seller), by_goods().get(cast.product().code, [])]
    assert [code in {one.code for one in some} for some in told] == [still] * 3


@pytest.mark.parametrize("left", [30, 3600])
def test_no_cache_keeps_it_into_the_next_day(browser: Browser, cast, left: int) -> None:
    code = verified(cast, days=3)
    product = cast.product()
    clock.set_for_tests(end_of(today() + timedelta(days=3)) - timedelta(seconds=left))
    for path in (f"/certificates/{code}/photo.jpg", f"/products/{product.slug}-{product.code}", "/feeds/google.xml"):
        answer = browser.client.get(path, base_url=browser.origin)
        assert int(answer.headers["Cache-Control"].split("max-age=")[1]) <= min(left, 900)


def test_goods_it_does_not_name_and_unchecked_ones_are_not_told(session, cast) -> None:
    verified(cast, "vietgap", goods=())
    product, seller = cast.ids["tea"], cast.ids["cooperative"]
    assert of_product(product, seller) == of_seller(seller) == []
    verified(cast, "safety", goods=())
    assert [one.kind for one in of_product(product, seller)] == ["safety"]
    assert of_product(cast.ids["honey"], cast.ids["other_cooperative"]) == []


def test_papers_without_a_badge_stay_with_the_officer(browser: Browser, cast) -> None:
    code = verified(cast, "commitment")
    assert of_seller(cast.ids["cooperative"]) == []
    assert browser.client.get(f"/certificates/{code}/photo.jpg", base_url=browser.origin).status_code == 404


def test_a_suspended_seller_tells_nothing(session, cast) -> None:
    verified(cast)
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert of_seller(cast.ids["cooperative"]) == []


def test_the_newer_one_is_told_alone(session, cast) -> None:
    old = verified(cast, days=5)
    new = decided(cast, sent(cast, days=900, older=old))
    assert [one.code for one in of_seller(cast.ids["cooperative"])] == [new]
    assert found(old).code != new
    db.session.rollback()
