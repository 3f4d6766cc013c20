"""SMS: the eSMS-shaped sender, its checks and its page."""

import pytest

from shop.core.texting import parts_of
from tests.shop.sandbox.conftest import http

GOOD = {"ApiKey": "sandbox-api-key", "SecretKey": "sandbox-secret-key", "Phone": "+84912345678", "SmsType": "8",
        "Content": "Ma dang nhap Cho Phien: 482913. Khong dua ma nay cho ai.", "RequestId": "sms-1"}  # fmt: skip


@pytest.fixture
def send(sandbox):
    def post(path="/sms/send", **changes):
        answer = http.post(sandbox.url + path, json={k: v for k, v in (GOOD | changes).items() if v is not None})
        assert answer.status_code == 200, "the provider answers 200 and says the rest in CodeResult"
        return answer.json()

    return post


def kept(sandbox, **query):
    return http.get(f"{sandbox.url}/sms.json", params=query).json()


def test_a_text_arrives_with_its_code(sandbox, send):
    answer = send()
    assert answer["CodeResult"] == "100"
    (got,) = kept(sandbox, to="+84912345678")
    assert got["sms_id"] == answer["SMSID"]
    assert (got["phone"], got["codes"], got["parts"], got["alphabet"]) == ("+84912345678", ["482913"], 1, "gsm")


def test_order_codes_and_links_are_no_one_time_codes(sandbox, send):
    send(Content="Don LC 4817 2063, 45.000.000 VND, http://127.0.0.1:8000/p/123456 ma 004217")
    assert kept(sandbox)[0]["codes"] == ["004217"]


def test_the_provider_s_own_path_works_too(sandbox, send):
    assert send("/MainService.svc/json/SendMultipleMessage_V4_post_json/")["CodeResult"] == "100"


@pytest.mark.parametrize("written", ["0912345678", "84912345678", "+84912345678"])
def test_a_number_is_found_however_it_is_written(sandbox, send, written):
    send(Phone=written)
    assert len(kept(sandbox, to=written)) == len(kept(sandbox, to="0912345678")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ApiKey": "other"}, "101"), ({"SecretKey": None}, "101"), ({"SmsType": "3"}, "118"),
        ({"SmsType": None}, "118"),
        ({"SmsType": "2"}, "104"), ({"SmsType": "2", "Brandname": "ChoPhien"}, "100"), ({"Phone": "12345"}, "108"),
        ({"Phone": "0212345678"}, "108"), ({"Phone": "+919876543210"}, "108"), ({"Content": " "}, "110"),
        ({"Content": "x" * 459}, "100"), ({"Content": "x" * 460}, "110"), ({"Content": "ệ" * 202}, "110"),
    ],
)  # fmt: skip
def test_each_check_has_its_code(sandbox, send, changes, code):
    assert send(**changes)["CodeResult"] == code
    assert len(kept(sandbox)) == (code == "100")


def test_the_same_request_is_sent_once(sandbox, send):
    first, second = send(), send()
    assert second == {"CodeResult": "124", "CountRegenerate": 0, "ErrorMessage": "Duplicate RequestId",
                      "SMSID": first["SMSID"]}  # fmt: skip
    assert len(kept(sandbox)) == 1
    assert send(RequestId="sms-2")["CodeResult"] == send(RequestId=None)["CodeResult"] == "100"
    assert send(RequestId=None)["CodeResult"] == "100", "without an id nothing is compared"


def test_what_is_no_json_is_refused(sandbox):
    assert http.post(f"{sandbox.url}/sms/send", content=b"Phone=1").json()["CodeResult"] == "110"


@pytest.mark.parametrize(
    ("text", "alphabet", "parts"),
    [
        ("x" * 160, "gsm", 1), ("x" * 161, "gsm", 2), ("x" * 306, "gsm", 2), ("x" * 307, "gsm", 3),
        ("€" * 80, "gsm", 1), ("€" * 81, "gsm", 2), ("ạ" * 70, "ucs2", 1), ("ạ" * 71, "ucs2", 2),
        ("ạ" * 135, "ucs2", 3), ("🐟" * 35, "ucs2", 1), ("à", "gsm", 1), ("á", "ucs2", 1),
    ],
)  # fmt: skip
def test_parts_are_counted_as_phones_do(text, alphabet, parts):
    assert parts_of(text) == (alphabet, parts)
