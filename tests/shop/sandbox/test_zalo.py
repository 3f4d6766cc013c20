"""Zalo: the stand-in's checks, its page, and the market's own sender."""

import pytest

from shop.notices.failures import NotSent, Refused
from shop.notices.zalo import Zalo
from tests.shop.sandbox.conftest import http

FILLED = {"code": "LC 4817 2063", "ship_by": "16/2", "notice": "ABCD1234"}
GOOD = {"phone": "84912345678", "template_id": "300001", "template_data": FILLED, "tracking_id": "order_placed:1"}


def send(sandbox, token="sandbox-zalo-token", **changes):
    answer = http.post(f"{sandbox.url}/message/template", json=GOOD | changes, headers={"access_token": token})
    assert answer.status_code == 200, "the service answers 200 and says the rest in error"
    return answer.json()


def test_a_message_is_kept_and_shown(sandbox):
    assert send(sandbox)["data"]["msg_id"]
    (got,) = http.get(f"{sandbox.url}/zalo.json").json()
    assert (got["phone"], got["template"], got["filled"]) == ("+84912345678", "300001", FILLED)
    page = http.get(f"{sandbox.url}/zalo", params={"lang": "vi"}).text
    assert "LC 4817 2063" in page and "Đây là bản thử" in page


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"token": "old"}, -124), ({"phone": "0912345678"}, -108), ({"phone": "+84912345678"}, -108),
        ({"template_id": "1"}, -109), ({"template_data": {}}, -111), ({"template_data": FILLED | {"code": ""}}, -112),
        ({"template_data": {"code": "LC"}}, -112), ({"template_data": FILLED | {"code": "x" * 31}}, -112),
        ({"tracking_id": ""}, -132), ({"tracking_id": "x" * 49}, -132), ({"phone": "84912345600"}, -118),
    ],
)  # fmt: skip
def test_each_check_has_its_error(sandbox, changes, error):
    assert send(sandbox, **changes)["error"] == error
    assert http.get(f"{sandbox.url}/zalo.json").json() == []


def test_the_market_s_sender(sandbox):
    given = sandbox.shop_settings
    sender = Zalo(given["ZALO_URL"], "sandbox-zalo-token")
    sender.send("+84912345678", "300001", FILLED, "order_placed:1")
    assert len(http.get(f"{sandbox.url}/zalo.json").json()) == 1
    with pytest.raises(Refused, match="Zalo -118"):
        sender.send("+84912345600", "300001", FILLED, "order_placed:2")
    with pytest.raises(NotSent, match="Zalo -124") as later:
        Zalo(given["ZALO_URL"], "old").send("+84912345678", "300001", FILLED, "order_placed:3")
    assert not isinstance(later.value, Refused)


def renew(sandbox, **changes):
    given = sandbox.shop_settings
    form = {"app_id": given["ZALO_APP_ID"], "refresh_token": given["ZALO_REFRESH_TOKEN"], "grant_type": "refresh_token"}
    secret = changes.pop("secret", given["ZALO_APP_SECRET"])
    return http.post(given["ZALO_OAUTH_URL"], data=form | changes, headers={"secret_key": secret}).json()


def test_a_refresh_token_is_good_for_one_use(sandbox):
    first = renew(sandbox)
    assert first["expires_in"] == "90000"
    assert send(sandbox, token=first["access_token"])["error"] == 0
    assert send(sandbox)["error"] == -124, "the one before counts no more"
    assert renew(sandbox)["error"] == -14020
    second = renew(sandbox, refresh_token=first["refresh_token"])
    assert second["access_token"] != first["access_token"]
    assert send(sandbox, token=first["access_token"])["error"] == -124


def test_an_access_token_ends_after_25_hours(sandbox):
    token = renew(sandbox)["access_token"]
    for seconds, error in ((89_990, 0), (20, -124)):
        http.post(f"{sandbox.url}/_control/clock", json={"advance": seconds}).raise_for_status()
        assert send(sandbox, token=token)["error"] == error


@pytest.mark.parametrize("changes", [{"secret": "other"}, {"app_id": "1"}, {"grant_type": "authorization_code"}])
def test_a_stranger_renews_nothing(sandbox, changes):
    assert renew(sandbox, **changes)["error_name"]
    assert "access_token" in renew(sandbox), "nothing was used up"
