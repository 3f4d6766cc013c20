"""flask verify finds a code app that cannot be opened, and codes that stand alone."""

from sqlalchemy import text

from shop.accounts.factor.checks import codes_have_an_app, seals_open
from shop.core.db import writing
from tests.shop.accounts.factor.app import PAPER, enrolled


def test_nothing_to_find(session, cast) -> None:
    enrolled(cast.officer, PAPER[:1])
    assert [*seals_open(), *codes_have_an_app()] == []


def test_a_changed_secret_is_found(session, cast) -> None:
    enrolled(cast.officer)
    with writing() as inside:
        inside.execute(text("UPDATE second_factors SET sealed = 'AAAA' || substr(sealed, 5)"))
    assert list(seals_open()) == [f"the code app of user {cast.officer.id} does not open with SEAL_KEY"]


def test_codes_alone_are_found(session, cast) -> None:
    enrolled(cast.officer, PAPER[:1])
    with writing() as inside:
        inside.execute(text("DELETE FROM second_factors"))
    assert list(codes_have_an_app()) == [f"user {cast.officer.id} has recovery codes and no code app"]
