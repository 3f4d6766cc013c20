"""The pages of the single tasks, and the words of the list."""

import pytest

from cooperatives.joining.queries import Progress, task_list
from cooperatives.lifecycle import Task
from cooperatives.models import Kind
from shop.core.db import writing
from tests.browser import Browser
from tests.cooperatives.applicants import NUMBER, begun, the, told
from tests.products import complete

WHO = {"name": "Hộ Chẻo A Sán", "contact_name": "Chẻo A Sán", "contact_phone": "0912 000 106"}


def progress(code: str) -> dict[Task, Progress]:
    return {one.task: one.progress for one in task_list(the(code)).tasks}


def test_the_words_follow_what_is_told(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer)
    assert list(progress(code).values()) == ["done", "doing", "done", "todo", "todo", "todo"]
    browser.post(f"/cooperatives/{code}/joining/who", **WHO, citizen_number=NUMBER)
    assert progress(code)[Task.WHO] is Progress.DONE
    account = {"bank_bin": "970405", "number": "0123456789", "holder": "CHEO A SAN"}
    browser.post(f"/cooperatives/{code}/bank-account", **account)
    assert progress(code)[Task.MONEY] is Progress.DONE
    with writing():
        complete.draft_of(cast).cooperative_id = the(code).id
    assert progress(code)[Task.GOODS] is Progress.DOING
    browser.get(f"/cooperatives/{code}/joining")
    assert browser.says("Can wait until the first order.")
    assert NUMBER not in browser.response.get_data(as_text=True)


def test_the_questions_fit_the_legal_shape(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer)
    asked = {}
    for kind in Kind:
        assert browser.post(f"/cooperatives/{code}/joining/kind", kind=kind.value).status_code == 302
        browser.get(f"/cooperatives/{code}/joining/who")
        asked[kind] = {one.get("name") for one in browser.all("main input")} - {*WHO, "csrf_token"}
    assert asked == {
        Kind.COOPERATIVE: {"registration_number", "tax_code"},
        Kind.GROUP: {"citizen_number", "tax_code"},
        Kind.HOUSEHOLD: {"citizen_number", "registration_number"},
    }


def test_a_number_that_only_a_cooperative_may_show_goes_with_the_shape(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer, "cooperative", "Hợp tác xã Hoa")
    who = WHO | {"registration_number": "123456789012", "tax_code": "0100112437"}
    assert browser.post(f"/cooperatives/{code}/joining/who", **who).status_code == 302
    assert browser.post(f"/cooperatives/{code}/joining/kind", kind="household").status_code == 302
    assert (the(code).kind, the(code).registration_number) == (Kind.HOUSEHOLD, None)


@pytest.mark.parametrize("page", ["who", "kind", "place"])
def test_only_the_manager_changes_them(browser: Browser, cast, page: str) -> None:
    code = cast.cooperative().code
    fields = WHO | {"registration_number": "6200012345", "kind": "group", "commune_code": "03394", "name": "Khác"}
    browser.sign_in(cast.second_member)
    assert browser.get(f"/cooperatives/{code}/joining/{page}").status_code == 200
    assert browser.post(f"/cooperatives/{code}/joining/{page}", **fields).status_code == 403
    browser.sign_in(cast.stranger)
    assert browser.post(f"/cooperatives/{code}/joining/{page}", **fields).status_code == 404
    assert cast.cooperative().name != "Khác"


def test_an_admitted_seller_keeps_kind_and_commune(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    page = f"/cooperatives/{cast.cooperative().code}/joining"
    assert browser.post(f"{page}/kind", kind="household").status_code == 403
    assert browser.post(f"{page}/place", commune_code="03595", hamlet="Bản Mới").status_code == 403
    assert browser.post(f"{page}/place", commune_code="03390", hamlet="Bản Mới").status_code == 302
    seller = cast.cooperative()
    assert (seller.kind, seller.commune_code, seller.hamlet) == ("cooperative", "03390", "Bản Mới")


def test_the_story_has_its_own_page(browser: Browser, cast) -> None:
    code = told(browser, cast.buyer)
    assert browser.post(f"/cooperatives/{code}/profile", story="Nhà trồng chè từ 1980.").status_code == 302
    browser.get(f"/cooperatives/{code}/profile")
    assert "Nhà trồng chè từ 1980." in browser.text
    assert browser.get(f"/cooperatives/{code}").headers["Location"].endswith(f"/cooperatives/{code}/joining")
