"""Issues: opened at a field, in words a person can act on, closed when that field was mended."""

import pytest
from sqlalchemy import select

from products import queries, services
from products.fields import LABELS
from products.issues.models import RevisionIssue, Source
from products.issues.queries import all_for, open_for
from products.issues.rules import BY_OFFICERS, KEYS, OTHER, REFUSED, RULES
from products.issues.services import Reason, open_all, open_issue, resolve, settle
from products.models import Product
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import use_language
from tests.architecture import tree
from tests.products.complete import draft_of

EXAMPLES = tree.ROOT / "static" / "img" / "examples"


@pytest.fixture
def key(cast):
    with writing():
        return draft_of(cast).id


def draft(key):
    return queries.open_revision(db.session.get_one(Product, key))


def opened(key, *rules, **more):
    with writing():
        for rule in rules:
            open_issue(draft(key), Source.OFFICER, "", rule, **more)


def test_every_rule_points_at_a_field_of_the_form():
    assert {rule.field for rule in RULES.values()} <= {"", *LABELS}
    assert [code for code, rule in RULES.items() if not rule.field] == [REFUSED, OTHER]


def test_every_drawing_is_there_small_and_drawn_here():
    named = {rule.example for rule in RULES.values()} - {""}
    assert named == {path.stem for path in EXAMPLES.glob("*.svg")}
    assert all(path.stat().st_size <= 12_000 for path in EXAMPLES.iterdir())
    assert all(rule.why for rule in RULES.values() if rule.example)


def test_nine_reasons_have_a_key():
    assert list(KEYS.values()) == [str(number) for number in range(1, 10)]
    assert list(KEYS) == list(BY_OFFICERS)[:9]


@pytest.mark.parametrize("rule", [code for code in RULES if code not in {OTHER, REFUSED}])
@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_sentences_in_three_languages(key, rule, lang):
    opened(key, rule)
    issue = open_for(draft(key))[0]
    with use_language(lang):
        said = issue.sentence
    assert said
    assert "%" not in said
    assert (said == str(RULES[rule].sentence)) is (lang == "vi")
    assert issue.anchor == f"#{RULES[rule].field}"


def test_own_words_stand_for_themselves(key):
    opened(key, OTHER, note="Viết rõ xuất xứ")
    issue = open_for(draft(key))[0]
    assert (issue.sentence, issue.anchor) == ("Viết rõ xuất xứ", "#main")
    assert str(issue.label)


@pytest.mark.parametrize(
    ("field", "rule", "note", "at"),
    [("", "no_such", "", "reasons"), ("secret", "photo_dark", "", "reasons"), ("name", OTHER, "", "note")],
)
def test_what_is_no_issue(key, field, rule, note, at):
    with pytest.raises(Invalid) as refused, writing():
        open_issue(draft(key), Source.CHECK, field, rule, note=note)
    assert refused.value.field == at
    assert db.session.scalars(select(RevisionIssue)).all() == []


def test_one_field_is_closed_and_the_others_wait(key, cast):
    opened(key, "photo_dark", "photo_label", "name_unclear")
    with writing():
        assert resolve(draft(key), "photos", cast.member) == 2
        assert resolve(draft(key), "photos", cast.member) == 0
    assert [issue.rule for issue in open_for(draft(key))] == ["name_unclear"]
    assert len(all_for(draft(key))) == 3
    kept = select(AuditEntry.facts).where(AuditEntry.action == "issues_resolved", AuditEntry.subject_id == key)
    assert db.session.scalars(kept).all() == [{"revision": 1, "fields": ["photos"], "outcome": "changed"}]


def test_all_are_closed_at_once(key, cast):
    opened(key, "photo_dark", "name_unclear")
    with writing():
        assert resolve(draft(key), None, cast.member) == 2
    assert open_for(draft(key)) == []


def test_mending_a_field_closes_what_was_asked_of_it(key, cast):
    opened(key, "name_unclear", "price_unusual")
    with writing():
        services.save_draft(draft(key), {"name": "Miến dong sạch"}, cast.member)
    assert [issue.field for issue in open_for(draft(key))] == ["price"]


def test_an_approval_closes_what_is_open_in_any_revision_of_the_goods(key, cast):
    opened(key, "photo_dark")
    live = cast.product().approved
    with writing():
        open_issue(live, Source.CHANNEL, "", "photo_dark")
        settle(cast.product(), cast.officer)
    assert open_for(cast.product().approved) == []
    assert len(open_for(draft(key))) == 1  # other goods


def test_an_officers_words_keep_their_language(key, cast):
    with writing():
        open_all(
            draft(key), [Reason("photo_dark", note="Chụp ngoài sân", lang="vi"), Reason("text_short")], cast.officer
        )
    assert [(one.note, one.lang, one.source) for one in open_for(draft(key))] == [
        ("Chụp ngoài sân", "vi", Source.OFFICER),
        ("", cast.officer.language, Source.OFFICER),
    ]
