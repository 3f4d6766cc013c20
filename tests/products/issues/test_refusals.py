"""What other shops refuse: their codes as our rules, told to the members, and the approval stands."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.fields import LABELS
from products.issues.models import Outcome, RevisionIssue
from products.issues.queries import refused_elsewhere
from products.issues.refusals import CHANNELS, meaning
from products.issues.rules import REFUSED, RULES
from products.issues.services import refused, taken
from products.models import Product
from products.review.models import Verdict
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.notices.models import Notice
from tests.products.complete import draft_of
from tests.products.review.sent import decided, sent_edit

EVERY = [(channel, code) for channel, row in CHANNELS.items() for code in row["codes"]]


@pytest.mark.parametrize(("channel", "code"), EVERY)
def test_every_known_code_leads_to_a_field(channel, code):
    found = meaning(channel, code)
    assert found.rule in RULES
    assert found.rule != REFUSED
    assert found.field in LABELS


def test_a_refusal_is_kept_told_and_the_goods_stay_on_sale(cast):
    with writing():
        refused(cast.product(), "tiktok", "12052931", "Title has forbidden characters")
    issue = refused_elsewhere(cast.product())[0]
    assert (issue.rule, issue.field, issue.place, issue.anchor) == ("name_signs", "name", "TikTok Shop", "#name")
    told = db.session.scalars(select(Notice).where(Notice.kind == "channel_refused")).all()
    assert {note.user_id for note in told} == {cast.member.id, cast.second_member.id}
    assert told[0].url.endswith("/edit#name")
    assert cast.product().id in db.session.scalars(queries.public(Product.id)).all()
    assert "channel_refused" in db.session.scalars(select(AuditEntry.action)).all()


def test_an_unknown_code_is_shown_as_it_came(cast):
    with writing():
        refused(cast.product(), "lazada", "E4711", "Bundle 100% <b>odd</b>")
        refused(cast.product(), "zalo", "-201")
    first, second = refused_elsewhere(cast.product())
    assert (first.rule, first.params["code"]) == (REFUSED, "E4711")
    assert "Lazada" in first.sentence
    assert "Bundle 100% <b>odd</b>" in first.sentence
    assert "zalo" in second.sentence
    assert "-201" in second.sentence


def test_the_same_refusal_again_is_one(cast):
    for _time in (1, 2):
        with writing():
            refused(cast.product(), "shopee", "error_image_num_min")
    assert len(refused_elsewhere(cast.product())) == 1
    assert len(db.session.scalars(select(Notice).where(Notice.kind == "channel_refused")).all()) == 2


def test_goods_that_are_not_live_are_on_no_channel(cast):
    with pytest.raises(Conflict), writing():
        refused(draft_of(cast), "shopee", "error_image_num_min")


def test_the_channel_takes_it_after_all(cast):
    with writing():
        refused(cast.product(), "shopee", "error_image_num_min")
        refused(cast.product(), "lazada", "4169")
        assert taken(cast.product(), "shopee") == 1
        assert taken(cast.product(), "shopee") == 0
    assert [one.place for one in refused_elsewhere(cast.product())] == ["Lazada"]


def test_an_approved_edit_settles_it(cast):
    with writing():
        refused(cast.product(), "lazada", "4169")
        sent_edit(cast, summary="Trà cổ thụ, hái tay, sao trên chảo gang.")
    assert len(refused_elsewhere(cast.product())) == 1, "what is live is as it was"
    decided(cast, cast.product(), Verdict.APPROVE)
    assert refused_elsewhere(cast.product()) == []
    assert db.session.scalars(select(RevisionIssue.outcome)).all() == [Outcome.SETTLED]


def test_members_read_it_today_in_the_list_and_at_the_field(cast, browser):
    with writing():
        refused(cast.product(), "tiktok", "12052931")
    code = cast.product().code
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert browser.says("Not taken by other shops")
    assert "Từ TikTok Shop" in browser.text
    browser.get("/my/products")
    assert "Cần bổ sung 1 việc" in browser.text
    browser.get(f"/my/products/{code}/edit")
    assert "Tên có dấu lạ" in browser.text
    with writing():
        services.start_edit(cast.product(), cast.member)
    browser.get(f"/my/products/{code}/edit")
    assert "Từ TikTok Shop" in browser.text, "also while a change is being written"
    browser.sign_in(cast.stranger)
    browser.get("/desk")
    assert not browser.says("Not taken by other shops")
