"""Words that goods are not sold with: in three languages, with marks or without, and where the law asks for them."""

import pytest

from products.checklist.claims import claims
from products.checklist.lines import LOOK, PASS, WRONG
from products.checklist.words import text_checks
from products.models import ProductRevision, RevisionText
from shop.core.i18n import use_language


def found(text, field="story"):
    return {(claim.group, claim.field) for claim in claims({field: text})}


@pytest.mark.parametrize(
    "text",
    [
        "Miến CHỮA BỆNH đau lưng",
        "miến trị bệnh.",
        "Trà giúp điều trị ung thư",
        "mien chua benh dau lung",
        "A tea that cures",
        "यह चाय कैंसर में",
    ],
)
def test_what_promises_healing(text):
    assert ("healing", "story") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Miến ngon",
        "Chưa bệnh nào bằng",
        "Chè chữa khát",
        "Sản phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh",
        "Không thay thế thuốc chữa bệnh.",
        "san pham nay khong phai la thuoc",
        "This is not a medicine",
        "Số một trăm",
        "",
    ],
)
def test_what_promises_none(text):
    assert {group for group, _field in found(text)} <= {"best"}


def test_words_without_marks_count_only_where_nothing_has_marks():
    assert found("Bà con chua benh") == set(), "one word without its marks among marked ones may be another word"
    assert found("ba con chua benh") == {("healing", "story")}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Giúp hạ huyết áp", "effect"),
        ("Ngon nhất Lai Châu", "best"),
        ("Được bác sĩ khuyên dùng", "persons"),
        ("वज़न घटाए", "effect"),
    ],
)
def test_what_needs_a_paper_is_looked_at(text, group):
    assert found(text, "summary") == {(group, "summary")}


def test_a_sentence_of_the_law_does_not_excuse_another():
    assert ("healing", "story") in found("Không phải là thuốc. Chữa bệnh dạ dày.")


def lines(summary, **more):
    made = ProductRevision(facts=more.get("facts", {}))
    made.texts.append(RevisionText(lang="vi", name="Chè", summary=summary, story=""))
    with use_language("en"):
        return [(check.kind, check.field) for check in text_checks(made)]


def test_the_lines_say_where(app):
    with app.app_context():
        assert lines("") == [(LOOK, "story"), (PASS, "story")]
        assert lines("dài " * 30) == [(PASS, "story"), (PASS, "story")]
        assert lines("Chữa bệnh, ngon nhất") == [(LOOK, "story"), (WRONG, "summary"), (LOOK, "summary")]
        assert lines("Thơm", facts={"usage": {"vi": "Uống trị bệnh"}})[1:] == [(WRONG, "usage")]
