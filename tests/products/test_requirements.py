"""What is asked of goods by their kind and by their words: one data file, one place that decides, both doors."""

import json
from pathlib import Path

import pytest

from products import policies, queries, requirements, services
from products.catalogue import CATEGORIES, SHIP_CLASSES, TYPES
from products.checklist.lines import LOOK, WRONG, Check
from products.fields import LABELS, OPTIONAL
from products.models import Product, ProductRevision, RevisionText
from products.requirements import PAPERS, ROWS, asked_of
from products.review.checklist import checks
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import use_language
from tests.products.complete import draft_of, handle

KEY = "a-key-that-a-phone-made-up"
OPIUM = "Thuốc phiện, cần sa và chất ma tuý bị cấm bán."


def revision(name="Miến dong", ingredients="", **columns):
    facts = {"ingredients": {"vi": ingredients}}
    made = ProductRevision(**({"category": "processed", "ship_class": "dry", "facts": facts} | columns))
    made.texts.append(RevisionText(lang="vi", name=name, summary="", story=""))
    made.product = Product()
    return made


@pytest.fixture
def draft(cast):
    def write(**values):
        with writing():
            return handle(draft_of(cast, KEY, **values))

    return write


def problems(product):
    made = queries.open_revision(db.session.get_one(Product, product.id))
    return [problem.field for problem in policies.problems(made, sold_already=False)]


def test_the_data_name_only_what_there_is():
    rules = {known.document_rule for known in TYPES.values()}
    known = {"rule": rules, "category": set(CATEGORIES), "ship_class": set(SHIP_CLASSES)}
    for row in ROWS:
        for part, wanted in row["when"].items():
            assert set(wanted) <= known.get(part, set(wanted))
        assert set(row.get("papers", [])) <= set(PAPERS)
        assert {*row.get("sending", []), *row.get("channels", []), *row.get("without", [])} <= set(OPTIONAL)
        assert set(row.get("said", {})) in ({"vi", "en", "hi"}, set())
        assert not row.get("forbidden") or (row["said"] and row["source"]), "a ban names its law"


def test_the_data_say_where_they_come_from():
    kept = json.loads(Path(requirements.__file__).with_name("data").joinpath("requirements.json").read_text("utf-8"))
    assert kept["source"]
    assert kept["date"]
    assert kept["licence"]


def test_every_known_kind_has_papers_and_none_is_forbidden():
    """The catalogue of the province must pass its own list; this also guards against words that catch too much."""
    for known in TYPES.values():
        made = revision(known.names["vi"], category=known.category, type_code=known.code, ship_class=known.ship_class)
        asked = asked_of(made)
        assert asked.papers, known.names["en"]
        assert asked.forbidden == (), known.names["en"]


@pytest.mark.parametrize(
    "name",
    ["Hạt anh túc", "hat anh tuc", "THUỐC PHIỆN", "Mật gấu rừng", "Thịt thú rừng", "thit rung", "Vảy tê tê",
     "Cao hổ cốt", "Pháo nổ", "Thuốc lào", "Thuốc lá điện tử", "Poppy seeds", "cần sa", "Ca\u0302\u0300n sa"],
)  # fmt: skip
def test_what_is_not_sold_here(app, name):
    with app.app_context(), use_language("vi"):
        said = [
            str(one.sentence) for one in policies.problems(revision(name), sold_already=True) if one.field == "name"
        ]
    assert said == [asked_of(revision(name)).forbidden[0]["vi"]]


@pytest.mark.parametrize(
    "name",
    ["Cây mật gấu", "Lá mật gấu khô", "Thuốc lá tắm người Dao", "1 kg can sa", "Cân sả", "Lợn rừng lai", "Mật ong rừng",
     "Măng rừng", "Rau rừng", "Hoa chuối rừng", "Gà rừng", "Vải lanh", "Cá hổ", "Pháo bông đường", "Bánh thuốc"],
)  # fmt: skip
def test_what_only_sounds_like_it(name):
    assert asked_of(revision(name)).forbidden == ()


def test_what_is_inside_counts_too():
    assert asked_of(revision("Rượu thuốc", ingredients="rượu, mật gấu")).forbidden


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"name": "Rượu ngô men lá", "category": "beverage"}, ["warning", "alcohol"]),
        ({"name": "Rượu sâm", "category": "medicinal", "alcohol": "30"}, ["warning"]),
        ({"name": "Rượu ngô", "category": "beverage", "alcohol": "mạnh", "warning": "18+"}, ["alcohol"]),
        ({"name": "Rượu ngô", "category": "beverage", "alcohol": "30", "warning": "18+"}, []),
        ({"name": "Đông trùng hạ thảo khô", "category": "medicinal"}, ["warning"]),
        ({"name": "Miến dong"}, []),
    ],
)
def test_some_goods_need_more_before_they_are_sent(cast, draft, values, fields):
    product = draft(**({"unit": "chai", "pack_amount": "500"} | values))
    assert problems(product) == fields
    if fields:
        with pytest.raises(Invalid) as refused, writing():
            services.submit(db.session.get_one(Product, product.id), cast.member)
        assert refused.value.field == fields[0]


def test_the_form_says_what_these_goods_need(browser, cast, draft):
    product = draft(name="Rượu ngô", category="beverage", unit="chai")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{product.code}/edit")
    assert "người mua gọi điện" in browser.one("section .notice.info").text_content()
    assert browser.says("The officer asks to see: %(papers)s", papers="Giấy phép sản xuất hoặc bán rượu")
    assert browser.one("#alcohol").xpath("ancestor::details[@open and contains(@class, 'part')]")
    hint = browser.one("#alcohol-hint").text
    assert hint.startswith("Hàng này cần có.")
    browser.post(f"/my/products/{product.code}/submission")
    assert browser.response.status_code == 422
    assert browser.says("These goods need this: %(field)s", field="Độ cồn")


def test_the_form_leaves_out_what_makes_no_sense(browser, cast, draft):
    product = draft(name="Khăn thổ cẩm", category="craft", unit="cai")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{product.code}/edit")
    assert not browser.all("#allergens, #shelf_life, #alcohol, #ingredients")
    assert browser.one("#warning") is not None
    with writing():
        found = db.session.get_one(Product, product.id)
        services.save_draft(services.editable(found, cast.member), {"shelf_life": "30"}, cast.member)
    browser.get(f"/my/products/{product.code}/edit")
    assert browser.one("#shelf_life").get("value") == "30"


def test_what_is_forbidden_is_said_at_both_doors(browser, cast, draft):
    product = draft(name="Hạt anh túc")
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{product.code}/edit")
    assert OPIUM in browser.one(".notice.bad").text_content()
    assert browser.post(f"/my/products/{product.code}/submission").status_code == 422
    assert OPIUM in browser.one(".error-summary a[href='#name']").text_content()
    assert OPIUM in browser.one(".field.wrong .error").text_content()
    headers = {"X-Draft-Key": KEY, "Origin": browser.origin}
    answer = browser.client.post(f"/my/drafts/{KEY}/submission", base_url=browser.origin, json={}, headers=headers)
    assert answer.status_code == 422
    assert answer.json["problems"] == [{"field": "name", "sentence": OPIUM}]


def test_the_officer_sees_it(app):
    with app.app_context(), use_language("en"):
        bad = checks(revision("Hạt anh túc"), [], [])
        ginseng = checks(revision("Sâm Lai Châu", category="medicinal"), [], [])
        plain = checks(revision("Khăn", category="tourism"), [], [])
    assert Check(WRONG, "name", "Opium, cannabis and other drugs may not be sold.") in bad
    assert any(check.kind == LOOK and "grown" in str(check.sentence) for check in ginseng)
    label = [check for check in ginseng if "what a label must say" in str(check.sentence)]
    assert str(LABELS["ingredients"]) in str(label[0].sentence)
    assert not any("what a label must say" in str(check.sentence) for check in plain), "cloth has no food label"
