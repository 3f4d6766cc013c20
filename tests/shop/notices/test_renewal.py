"""The key at Zalo: renewed in time, kept sealed; where it cannot be renewed SMS goes and admins hear it once."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms, OutgoingZalo
from shop.core.seal import unseal
from shop.notices import services, tasks
from shop.notices.failures import NotSent, Refused
from shop.notices.models import Notice
from shop.notices.renewal import checks, oauth
from shop.notices.renewal import tasks as renewal
from shop.notices.renewal.models import ZaloKey
from shop.sandbox.serve import Running, running
from shop.sandbox.state import remember
from tests.shop.sandbox.conftest import http

DAY = timedelta(hours=25, minutes=1)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory):
    with running(str(tmp_path_factory.mktemp("zalo") / "state.db")) as sandbox:
        yield sandbox


@pytest.fixture
def chosen(app, session, stand_in: Running, monkeypatch):
    """A market that speaks at the stand-in, whose memory is empty."""
    http.post(f"{stand_in.url}/_control/forgetting", json={}).raise_for_status()
    given = stand_in.shop_settings
    names = ("zalo_url", "zalo_oauth_url", "zalo_app_id", "zalo_app_secret", "zalo_refresh_token", "zalo_templates")
    settings = replace(app.extensions["settings"], **{name: given[name.upper()] for name in names})
    monkeypatch.setitem(app.extensions, "settings", settings)
    return settings


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The refresh tokens that were given up, in their order."""
    given: list[str] = []

    def listening(settings, refresh):
        given.append(refresh)
        return oauth.renewed(settings, refresh)

    monkeypatch.setattr(renewal, "renewed", listening)
    return given


def _order(person) -> None:
    with writing():
        services.tell(person, "order_placed", "/my/orders", code="LC 4817 2063", ship_by="16/2")
        for table in (OutgoingZalo, OutgoingSms):
            db.session.query(table).update({"due_at": clock.now()})


def _row() -> ZaloKey:
    return db.session.get_one(ZaloKey, 1, populate_existing=True)


def _told_admins() -> int:
    return len(db.session.scalars(select(Notice.id).where(Notice.kind == "zalo_refused")).all())


def test_a_message_goes_and_the_key_lies_sealed(chosen, cast, asked, stand_in) -> None:
    _order(cast.member)
    assert tasks.send_zalo() == 1
    assert len(http.get(f"{stand_in.url}/zalo.json").json()) == 1
    assert asked == [chosen.zalo_refresh_token]
    row = _row()
    assert (row.turn, row.claimed_until, row.problem) == (1, None, None)
    key = renewal.current(chosen).access
    assert key not in (row.sealed_access or "") and unseal(row.sealed_access or "") == key
    assert list(checks.seals_open()) == []
    _order(cast.member)
    assert tasks.send_zalo() == 1
    assert len(asked) == 1, "a key that counts is not renewed"


def test_after_a_day_the_next_token_is_given_up_never_the_same(chosen, cast, asked) -> None:
    for _day in range(3):
        _order(cast.member)
        assert tasks.send_zalo() == 1
        clock.set_for_tests(clock.now() + DAY)
    assert len(set(asked)) == len(asked) == 3


def test_a_key_that_zalo_takes_back_early_is_renewed_once(chosen, cast, asked, stand_in) -> None:
    renewal.current(chosen)
    with stand_in.app.extensions["sandbox"].state.writing() as memory:
        remember(memory, "zalo_access", "given to somebody else")
    _order(cast.member)
    assert tasks.send_zalo() == 1
    assert len(asked) == 2


def test_where_it_cannot_be_renewed_sms_goes_and_admins_hear_it_once(chosen, cast, asked) -> None:
    spent = {"refresh_token": chosen.zalo_refresh_token, "app_id": chosen.zalo_app_id, "grant_type": "refresh_token"}
    head = {"secret_key": chosen.zalo_app_secret}
    assert "access_token" in http.post(chosen.zalo_oauth_url, data=spent, headers=head).json()
    for _time in range(2):
        _order(cast.member)
        assert tasks.send_zalo() == 0
        renewal.renew()
        tasks.tell_of_zalo()
    assert len(asked) == 1, "a token that counts no more is not tried again"
    assert _told_admins() == 1
    failed = db.session.scalars(select(OutgoingZalo)).all()
    assert [(row.problem, row.replaced) for row in failed] == [("Zalo -124", True)] * 2
    assert len(db.session.scalars(select(OutgoingSms)).all()) == 2


def test_another_token_in_the_settings_begins_anew(chosen, cast, app, monkeypatch, asked) -> None:
    renewal.current(chosen)
    clock.set_for_tests(clock.now() + DAY)
    other = replace(chosen, zalo_refresh_token="another")
    with pytest.raises(Refused):
        renewal.current(other)
    assert asked[-1] == "another"


def test_a_silent_zalo_is_asked_again_later_and_told_of_once(chosen, cast, monkeypatch) -> None:
    silent = []

    def closed(*_args, **_more):
        silent.append(1)
        raise httpx.ConnectError("closed")

    monkeypatch.setattr(oauth.httpx, "post", closed)
    for _time in range(6):
        with pytest.raises(NotSent) as told:
            renewal.current(chosen)
        assert not isinstance(told.value, Refused)
        with pytest.raises(NotSent):
            renewal.current(chosen)  # before its turn nobody asks again
        tasks.tell_of_zalo()
        assert _told_admins() == (len(silent) >= 3)
        clock.set_for_tests(_row().claimed_until + timedelta(seconds=1))
    assert len(silent) == 6
    assert _told_admins() == 1


def test_a_key_that_still_counts_serves_while_it_cannot_be_renewed(chosen, cast, monkeypatch) -> None:
    before = renewal.current(chosen)
    clock.set_for_tests(clock.now() + DAY - timedelta(minutes=20))
    monkeypatch.setattr(renewal, "renewed", lambda *_: (_ for _ in ()).throw(NotSent("ConnectError")))
    assert renewal.current(chosen) == before


def test_the_sweep_keeps_it_alive(chosen, cast, asked) -> None:
    assert [renewal.renew(), renewal.renew()] == [1, 0]
    clock.set_for_tests(clock.now() + DAY)
    assert renewal.renew() == 1
    assert len(asked) == 2


def test_without_an_app_nothing_is_renewed(app, session) -> None:
    assert renewal.renew() == 0
    assert db.session.get(ZaloKey, 1) is None
