"""Papers by photo: sent, seen by few, accepted or returned, replaced, taken away, cleared."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from cooperatives.papers import checks, tasks
from cooperatives.papers.models import Paper
from cooperatives.papers.names import file_name
from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core import clock
from shop.core.db import db
from shop.notices.models import Notice
from tests import photos
from tests.browser import Browser

KIND = "food_commitment"


def standing() -> list[Paper]:
    return list(db.session.scalars(select(Paper).where(Paper.removed_at.is_(None)).order_by(Paper.id)))


def send(browser: Browser, page: str, seed: int = 1) -> Paper:
    photo = photos.jpeg(900, 1200, orientation=6, seed=seed)
    answer = browser.post(page, files={"photo": (BytesIO(photo), "giay.jpg")})
    assert answer.status_code == 302
    return standing()[-1]


@pytest.fixture
def page(browser: Browser, cast) -> str:
    """The page of one paper, before the manager."""
    browser.sign_in(cast.member)
    return f"/cooperatives/{cast.cooperative().code}/papers/{KIND}"


def test_a_photo_is_kept_private_and_clean(browser: Browser, cast, page: str, storage) -> None:
    paper = send(browser, page)
    assert (paper.state, paper.kind, paper.added_by_id) == ("waiting", KIND, cast.member.id)
    kept = storage.get(file_name(paper.digest))
    assert kept.startswith(b"\xff\xd8") and photos.COMMENT not in kept and b"Exif" not in kept
    answer = browser.get(f"/papers/{paper.code}/photo")
    assert (answer.data, answer.headers["Cache-Control"]) == (kept, "no-store")
    browser.get(page.rsplit("/", 1)[0])
    assert browser.says("Never photograph your citizen card. Nobody here asks for it.")
    for refused in (f"/photos/{paper.digest}/160.jpg", f"/media/{paper.digest[:32]}-160.jpg"):
        assert browser.get(refused).status_code == 404


def test_who_sees_it_and_what_a_look_leaves(browser: Browser, cast, page: str) -> None:
    address = f"/papers/{send(browser, page).code}/photo"
    sees = {
        "member": 200,
        "second_member": 200,
        "officer": 200,
        "admin": 200,
        "stranger": 404,
        "officer_elsewhere": 404,
        "helper": 404,
        "buyer": 404,
    }
    for name, status in sees.items():
        browser.sign_in(cast.user(name))
        assert browser.get(address).status_code == status, name
    read = db.session.query(AuditEntry).filter_by(action=READ).order_by(AuditEntry.id)
    assert [(row.actor_id, row.facts["fields"]) for row in read] == [
        (cast.officer.id, ["paper"]),
        (cast.admin.id, ["paper"]),
    ]


def test_not_there_yet_is_an_answer(browser: Browser, page: str) -> None:
    assert browser.post(page, absent="1").status_code == 302
    assert [(one.state, one.digest) for one in standing()] == [("absent", None)]
    assert browser.get(f"/papers/{standing()[0].code}/photo").status_code == 404
    send(browser, page)
    assert [one.state for one in standing()] == ["waiting"]


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7 no photo"])
def test_what_is_no_photo_is_said_and_keeps_the_one_before(browser: Browser, page: str, sent: bytes) -> None:
    before = send(browser, page).code
    assert browser.post(page, files={"photo": (BytesIO(sent), "a.jpg")}).status_code == 200
    assert browser.all(".error")
    assert [one.code for one in standing()] == [before]


@pytest.mark.parametrize("kind", ["group_contract", "identity_card"])
def test_a_paper_that_is_not_asked_of_this_seller(browser: Browser, page: str, kind: str) -> None:
    assert browser.post(page.replace(KIND, kind), absent="1").status_code == 404


def test_accepted_once(browser: Browser, cast, page: str) -> None:
    paper = send(browser, page)
    browser.sign_in(cast.officer)
    assert browser.post(f"/review/papers/{paper.code}/acceptance").status_code == 302
    assert standing()[0].decided_by_id == cast.officer.id
    assert browser.post(f"/review/papers/{paper.code}/acceptance").status_code == 409


def test_returned_with_words_and_sent_again(browser: Browser, cast, page: str) -> None:
    paper = send(browser, page)
    browser.sign_in(cast.officer)
    browser.post(f"/review/papers/{paper.code}/return", note="")
    assert browser.says("Say what is missing, so that they can mend it.")
    answer = browser.post(f"/review/papers/{paper.code}/return", note="Chưa rõ con dấu.")
    assert answer.status_code == 302
    told = db.session.query(Notice).filter_by(user_id=cast.member.id, kind="paper_returned").one()
    assert told.url == page and told.params["note"] == "Chưa rõ con dấu."
    browser.sign_in(cast.member)
    browser.get(page)
    assert "Chưa rõ con dấu." in browser.text
    again = send(browser, page, seed=2)
    assert (again.state, again.note) == ("waiting", "")
    browser.sign_in(cast.officer)
    assert browser.post(f"/review/papers/{paper.code}/acceptance").status_code == 404, "the photo before is gone"


def test_others_decide_nothing(browser: Browser, cast, page: str) -> None:
    paper = send(browser, page)
    for name, status in (("officer_elsewhere", 404), ("member", 403), ("admin", 403), ("helper", 403)):
        browser.sign_in(cast.user(name))
        assert browser.post(f"/review/papers/{paper.code}/acceptance").status_code == status, name
        assert browser.post(f"/review/papers/{paper.code}/return", note="Không").status_code == status, name
    assert standing()[0].state == "waiting"


def test_only_the_manager_sends_and_takes_away(browser: Browser, cast, page: str) -> None:
    before = send(browser, page).code
    for name, status in (("second_member", 403), ("stranger", 404)):
        browser.sign_in(cast.user(name))
        assert browser.post(page, absent="1").status_code == status
        assert browser.post(f"{page}/removal").status_code == status
    assert [one.code for one in standing()] == [before]


def test_taken_away_and_cleared_after_a_month(browser: Browser, page: str, storage) -> None:
    paper = send(browser, page)
    name, code = file_name(paper.digest), paper.code
    assert browser.post(f"{page}/removal").status_code == 302
    assert browser.post(f"{page}/removal").status_code == 409
    assert browser.get(f"/papers/{code}/photo").status_code == 404
    assert tasks.clear_removed() == 0
    clock.set_for_tests(clock.now() + timedelta(days=31))
    assert tasks.clear_removed() == 1
    assert not storage.exists(name)
    assert tasks.clear_removed() == 0


def test_a_file_that_another_paper_names_stays(browser: Browser, page: str, storage) -> None:
    first = send(browser, page)
    name = file_name(first.digest)
    again = send(browser, page.replace(KIND, "ocop"))
    assert again.digest == first.digest
    browser.post(f"{page}/removal")
    clock.set_for_tests(clock.now() + timedelta(days=31))
    assert tasks.clear_removed() == 1
    assert storage.exists(name)


def test_verify_misses_a_file(browser: Browser, page: str, storage) -> None:
    paper = send(browser, page)
    assert list(checks.standing_papers_have_their_file()) == []
    storage.delete(file_name(paper.digest))
    assert list(checks.standing_papers_have_their_file()) == [f"paper {paper.code}: its photo is gone"]
