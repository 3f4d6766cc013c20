"""Sending the application, its return, and sending again."""

from cooperatives.joining.queries import Progress, task_list
from cooperatives.lifecycle import CooperativeState, Task
from cooperatives.requirements.models import RequirementMark
from shop.core.db import db
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.applicants import NUMBER, TICKED, begun, sent, the, told


def notices_of(person) -> list[str]:
    return [one.kind for one in db.session.query(Notice).filter_by(user_id=person.id).order_by(Notice.id)]


def test_sent_with_the_sentences_in_the_words_they_were_read_in(browser: Browser, cast) -> None:
    code = sent(browser, cast.buyer)
    assert the(code).state is CooperativeState.SUBMITTED
    marks = db.session.query(RequirementMark).filter_by(cooperative_id=the(code).id).all()
    assert {(one.requirement, one.said, one.lang, one.said_by_id) for one in marks} == {
        (code, "attested", "vi", cast.buyer.id) for code in TICKED
    }
    assert all(one.version for one in marks)
    assert notices_of(cast.officer) == ["cooperative_submitted"]
    browser.get(f"/cooperatives/{code}/joining")
    assert browser.says("What happens next")


def test_what_is_missing_is_named_and_nothing_is_kept(browser: Browser, cast) -> None:
    code = begun(browser, cast.buyer)
    assert browser.post(f"/cooperatives/{code}/submission", ticked=TICKED).status_code == 200
    assert browser.says("Not told yet: %(what)s", what="Số căn cước của người đứng tên")
    assert len(browser.all("input[name=ticked][checked]")) == 2
    assert db.session.query(RequirementMark).count() == 0
    assert the(code).state is CooperativeState.DRAFT


def test_each_sentence_is_ticked(browser: Browser, cast) -> None:
    code = told(browser, cast.buyer)
    browser.post(f"/cooperatives/{code}/submission", ticked=TICKED[:1])
    assert browser.says("Tick each sentence, so that we may show your goods.")
    assert the(code).state is CooperativeState.DRAFT


def test_not_twice_and_only_by_the_manager(browser: Browser, cast) -> None:
    code = sent(browser, cast.buyer)
    assert browser.post(f"/cooperatives/{code}/submission", ticked=TICKED).status_code == 409
    browser.sign_in(cast.stranger)
    assert browser.post(f"/cooperatives/{code}/submission", ticked=TICKED).status_code == 404
    assert browser.get(f"/cooperatives/{code}/joining").status_code == 404


def test_a_return_stands_at_the_very_task_until_it_is_saved(browser: Browser, cast) -> None:
    code = sent(browser, cast.buyer)
    browser.sign_in(cast.officer)
    words = {"place": "Ghi rõ bản nào.", "money": "Tài khoản chưa có."}
    answer = browser.post(f"/review/cooperatives/{code}/decision", verdict="return", **words)
    assert answer.status_code == 302
    browser.sign_in(cast.buyer)
    assert notices_of(cast.buyer) == ["cooperative_returned"]
    found = {one.task: one for one in task_list(the(code)).tasks}
    assert (found[Task.PLACE].progress, found[Task.PLACE].note) == (Progress.MEND, "Ghi rõ bản nào.")
    assert found[Task.WHO].progress is Progress.DONE
    browser.get(f"/cooperatives/{code}/joining")
    assert "Ghi rõ bản nào." in browser.text
    browser.get(f"/cooperatives/{code}/joining/place")
    assert "Ghi rõ bản nào." in browser.text
    browser.post(f"/cooperatives/{code}/joining/place", commune_code="03390", hamlet="Bản Nà Đa")
    found = {one.task: one.progress for one in task_list(the(code)).tasks}
    assert (found[Task.PLACE], found[Task.MONEY]) == (Progress.DONE, Progress.MEND)
    assert browser.post(f"/cooperatives/{code}/submission").status_code == 302
    assert Progress.MEND not in {one.progress for one in task_list(the(code)).tasks}


def test_the_number_is_nowhere_on_the_officers_page(browser: Browser, cast) -> None:
    code = sent(browser, cast.buyer)
    browser.sign_in(cast.officer)
    browser.get(f"/review/cooperatives/{code}/decision")
    assert browser.says("ends in %(digits)s", digits="234")
    assert NUMBER not in browser.response.get_data(as_text=True)
