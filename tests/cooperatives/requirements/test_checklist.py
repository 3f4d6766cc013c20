"""Which requirement is asked of whom, how each is met, and when it is late."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from cooperatives.bank.services import propose
from cooperatives.models import Kind
from cooperatives.papers import services as papers
from cooperatives.requirements import queries, services
from cooperatives.requirements.queries import Line
from cooperatives.requirements.rows import SHIPPED, Means, Start
from products.models import ProductRevision
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import NotAllowed
from tests.cast import make_product
from tests.shop.orders.buying import ordered

ATTESTED = {"known_origin", "shown_to_buyers"}


def lines(cast, name: str = "cooperative") -> dict[str, Line]:
    return {line.requirement.code: line for line in queries.checklist(cast.cooperative(name))}


def rule(cast, code: str, **changes) -> None:
    row = SHIPPED[code]
    values = {"is_on": row.is_on, "start": row.start, "days": row.days, "suspends": row.suspends} | changes
    with writing():
        services.change_rule(code, **values, admin=cast.admin)


def test_each_row_is_whole() -> None:
    for row in SHIPPED.values():
        assert set(row.titles) == {"vi", "en", "hi"} and all(row.titles.values())
        assert row.law and row.shapes
        assert row.days > 0 if row.start is Start.DAYS else row.days == 0
        assert (row.means is Means.ATTESTED) == (row.statement is not None)


def test_what_is_asked_follows_the_legal_shape(cast) -> None:
    with writing():
        cast.cooperative("other_cooperative").kind = Kind.GROUP
    asked = {name: set(lines(cast, name)) for name in ("cooperative", "other_cooperative")}
    assert asked["cooperative"] - asked["other_cooperative"] == {"registration_number", "registration_paper"} | {
        "tax_code"
    }
    assert asked["other_cooperative"] - asked["cooperative"] == {"citizen_number", "group_contract"}
    assert "land_paper" not in asked["other_cooperative"], "switched off as shipped"


def test_food_papers_are_asked_of_food_only(cast) -> None:
    assert "food_safety" in lines(cast)
    with writing():
        goods = update(ProductRevision).where(ProductRevision.product_id == cast.ids["tea"])
        db.session.execute(goods.values(category="craft"))
    assert "food_safety" not in lines(cast)
    with writing():
        make_product(cast.cooperative(), cast.member, "Mật ong", category="honey", price=1000, on_hand=1)
    assert "food_safety" in lines(cast)


def test_computed_from_what_is_held(cast) -> None:
    assert {code for code, line in lines(cast).items() if line.is_met} == {"phone", "commune"}
    with writing():
        cast.cooperative().registration_number = "6200012345"
        propose(cast.cooperative(), "970405", "0123456789", "HTX", cast.member)
    now = lines(cast)
    assert now["registration_number"].means is now["bank_account"].means is Means.COMPUTED


def test_a_paper_counts_once_it_is_accepted(cast) -> None:
    with writing():
        paper = papers.add(cast.cooperative(), "food_certificate", "0" * 64, cast.member)
    assert (lines(cast)["food_safety"].is_met, lines(cast)["food_safety"].waits) == (False, True)
    with writing():
        papers.decide(paper, cast.officer, accept=True, note="")
    assert lines(cast)["food_safety"].means is Means.PAPER


def test_another_wording_has_to_be_ticked_again(cast, monkeypatch) -> None:
    with writing():
        services.attest(cast.cooperative(), ATTESTED, "en", cast.member)
    assert {code for code, line in lines(cast).items() if line.means is Means.ATTESTED} == ATTESTED
    mark = lines(cast)["known_origin"].mark
    assert (mark.lang, mark.said_by_id, mark.version) == (
        "en",
        cast.member.id,
        SHIPPED["known_origin"].statement.version,
    )
    newer = SHIPPED["known_origin"]._replace(statement=SHIPPED["known_origin"].statement._replace(version="2027-01"))
    monkeypatch.setitem(SHIPPED, "known_origin", newer)
    assert not lines(cast)["known_origin"].is_met
    with writing():
        services.attest(cast.cooperative(), ATTESTED, "vi", cast.member)
    assert lines(cast)["known_origin"].mark.version == "2027-01"


def test_only_the_manager_ticks(cast) -> None:
    with pytest.raises(NotAllowed), writing():
        services.attest(cast.cooperative(), ATTESTED, "vi", cast.second_member)


def test_late_a_week_after_it_begins_to_count(cast) -> None:
    assert not [code for code, line in lines(cast).items() if line.is_late]
    ordered(cast)
    clock.set_for_tests(clock.now() + timedelta(days=8))
    late = {code for code, line in lines(cast).items() if line.is_late}
    assert {"bank_account", "food_safety", "registration_number"} <= late
    assert "seen_in_person" not in late
    clock.set_for_tests(clock.now() + timedelta(days=23))
    assert lines(cast)["seen_in_person"].is_late


def test_without_an_order_the_first_order_has_not_come(cast) -> None:
    clock.set_for_tests(clock.now() + timedelta(days=400))
    assert lines(cast)["bank_account"].due_at is None


def test_a_rule_of_today_gives_everybody_a_week(cast) -> None:
    clock.set_for_tests(clock.now() + timedelta(days=100))
    rule(cast, "bank_account", start=Start.ADMISSION)
    assert not lines(cast)["bank_account"].is_late
    clock.set_for_tests(clock.now() + timedelta(days=8))
    assert lines(cast)["bank_account"].is_late
    rule(cast, "bank_account", is_on=False)
    assert "bank_account" not in lines(cast)
