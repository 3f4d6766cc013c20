"""Papers that goods need and words that need a certificate: said to the officer and to the seller, at the field."""

import pytest

from cooperatives.certificates.kinds import KINDS
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate
from products.catalogue import TYPES
from products.certificates.lines import paper_lines
from products.certificates.papers import unproved
from products.checklist.lines import LOOK, PASS
from products.models import ProductRevision, RevisionText
from products.requirements import PAPERS
from shop.core.db import writing
from shop.core.i18n import use_language
from tests.browser import Browser
from tests.cooperatives.certificates.sending import decided, sent, verified
from tests.products.complete import draft_of
from tests.products.review.sent import path_of, sent_goods


def of(kind: str, grade: int | None = None, state: CertificateState = CertificateState.VERIFIED) -> Certificate:
    return Certificate(kind=kind, grade=grade, state=state)


def revision(name: str = "Chè", story: str = "") -> ProductRevision:
    made = ProductRevision(category="tea", facts={})
    made.texts.append(RevisionText(lang="vi", name=name, summary="", story=story))
    return made


@pytest.mark.parametrize(
    ("text", "certificates", "claimed"),
    [
        ("Chè hữu cơ", [], ["organic"]),
        ("Che huu co", [], []),  # without marks it may be anything
        ("Chè hữu cơ", [of("organic")], []),
        ("Chè hữu cơ", [of("organic", state=CertificateState.SUBMITTED)], ["organic"]),
        ("Chè hữu cơ", [of("vietgap")], ["organic"]),
        ("Chỉ bón phân hữu cơ", [], []),
        ("OCOP 4 sao, VietGAP", [of("vietgap")], ["ocop"]),
        ("OCOP 4 sao", [of("ocop", 4)], []),
        ("OCOP 5 sao", [of("ocop", 4)], ["ocop"]),
        ("Organic tea", [], ["organic"]),
        ("Chè ngon", [], []),
    ],
)
def test_words_that_need_a_certificate(text: str, certificates: list[Certificate], claimed: list[str]) -> None:
    assert [(one.kind, one.field) for one in unproved(revision(text), certificates)] == [
        (one, "name") for one in claimed
    ]
    assert [one.field for one in unproved(revision(story=text), certificates)] == ["story"] * len(claimed)


def test_each_kind_answers_papers_that_goods_can_need() -> None:
    assert {code for kind in KINDS.values() for code in kind.answers} == set(PAPERS) - {"label"}


def test_the_officer_reads_it_beside_the_goods(browser: Browser, cast) -> None:
    with writing():
        product = sent_goods(cast, story="Chè hữu cơ trồng ở Bình Lư, hái tay từng búp một, sao chảo gang.")
        path, cast.ids["sent"] = path_of(product), product.id
    browser.sign_in(cast.officer)
    browser.get(path)
    assert browser.says("“hữu cơ”")
    verified(cast, "organic")
    browser.get(path)
    assert browser.says("“hữu cơ”")  # a certificate for other goods proves nothing of these
    decided(cast, sent(cast, "organic", goods=("sent",)), product_ids=[cast.ids["sent"]])
    browser.get(path)
    assert not browser.says("“hữu cơ”")


def test_a_needed_paper_leads_to_its_certificate(session, cast) -> None:
    made = revision()
    made.type_code = next(code for code, one in TYPES.items() if one.document_rule == "attp")
    safety = of("safety")
    safety.code = "AAAA"
    with use_language("en"):
        before, after = (list(paper_lines(made, held)) for held in ([], [safety]))
    assert [(one.kind, one.url) for one in before] == [(LOOK, "")]
    assert [(one.kind, one.url) for one in after] == [(PASS, "/review/certificates/AAAA")]


def test_the_seller_reads_it_at_the_field(browser: Browser, cast) -> None:
    with writing():
        product = draft_of(cast, name="Chè hữu cơ Bình Lư")
        code, cast.ids["draft"] = product.code, product.id
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{code}/edit")
    assert browser.document.xpath("//a[contains(@href, '/certificates/new/organic')]")
    sent(cast, "organic", goods=("draft",))
    browser.get(f"/my/products/{code}/edit")
    assert browser.document.xpath("//a[contains(@href, '/certificates/new/organic')]")
