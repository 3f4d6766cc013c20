"""The bank: reads a QR strictly, books what was paid, tells of it as SePay does until the answer is the right one."""

import hashlib
import hmac
import json
import time
from pathlib import Path

import pytest
from lxml import html

from shop.payments.transfers.vietqr import Transfer, encode
from shop.sandbox.bank_books import passed_on
from shop.sandbox.bank_calls import MINUTES, sign
from shop.sandbox.bank_qr import BANKS, Order, Unreadable, read, seal_of
from tests.shop.sandbox.conftest import control, http

VECTORS = json.loads((Path(__file__).parents[1] / "payments" / "data" / "bank_qr.json").read_text(encoding="utf-8"))
ACCOUNT, SECRET = "3607205123456", "secret of the listener"
TEXT = encode(Transfer("970405", ACCOUNT, 264_000, "LC48172063"))
CONTENT = b'{"success": true}'


def sealed(text):
    """A QR text with a checksum that fits what was changed."""
    return text[:-4] + seal_of(text[:-4])


def listening(sandbox, receiver, account=ACCOUNT):
    control(sandbox, "bank/listeners", account=account, url=f"{receiver.origin}/webhooks/bank/A", secret=SECRET)


def transfer(sandbox, **changes):
    fields = {"qr": TEXT, "amount": "264.000", "memo": "LC48172063", "how": "as_written"} | changes
    return http.post(f"{sandbox.url}/bank/transfers", data=fields, headers={"Origin": sandbox.url})


def bookings(sandbox):
    return http.get(f"{sandbox.url}/bank/bookings.json").json()


def when(sandbox, state, number=0):
    """Wait until a booking stands in this state."""
    until = time.monotonic() + 10
    while bookings(sandbox)[number]["state"] != state:
        assert time.monotonic() < until, bookings(sandbox)
        time.sleep(0.02)
    return bookings(sandbox)[number]


def said(receiver):
    return [json.loads(body) for _head, body in receiver.got]


def test_it_reads_what_the_market_writes():
    assert read(TEXT) == Order("970405", ACCOUNT, 264_000, "LC48172063")
    assert read(encode(Transfer("970436", "1031933430"))) == Order("970436", "1031933430", None, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "shape"),
        ("https://example.com/qr", "shape"),
        (TEXT.replace("264000", "264001"), "checksum"),
        (TEXT.lower(), "checksum"),
        (sealed(TEXT.replace("5303704", "5303840")), "currency"),
        (sealed(TEXT.replace("970405", "970499")), "bank"),
        (sealed(TEXT.replace("A000000727", "A000000728")), "service"),
        (sealed(TEXT.replace("QRIBFTTA", "QRPUSH00")), "service"),
        (sealed(TEXT.replace("0113" + ACCOUNT, "0112" + ACCOUNT)), "length"),
        (sealed(TEXT.replace("010212", "010211")), "amount"),
        (sealed(TEXT.replace("5406264000", "5406026400")), "amount"),
        (sealed(TEXT.replace("5802VN", "5802VN5802VN")), "length"),
        (sealed(TEXT.replace(ACCOUNT, "360720512345-")), "account"),
        (TEXT + "é", "shape"),
    ],
)
def test_it_takes_nothing_that_a_bank_would_not(sandbox, text, reason):
    with pytest.raises(Unreadable, match=reason):
        read(text)
    if text:
        answer = http.get(f"{sandbox.url}/bank", params={"qr": text})
        assert answer.status_code == 422
        assert html.fromstring(answer.text).cssselect("[role=alert]")[0].text
        assert transfer(sandbox, qr=text).status_code == 422
    assert bookings(sandbox) == []


@pytest.mark.parametrize("known", VECTORS["generated"], ids=lambda one: one["id"])
def test_it_reads_the_samples_of_public_packages(known):
    asked = known["input"]
    if asked["bin"] in BANKS:
        assert read(known["payload"])[:3] == (asked["bin"], asked["account"], asked["amount"])


@pytest.mark.parametrize("known", VECTORS["invalid"], ids=lambda one: one["id"])
def test_it_refuses_what_is_known_to_be_faulty(known):
    with pytest.raises(Unreadable):
        read(known["payload"])


def test_its_signature_is_the_documented_one():
    known = VECTORS["webhooks"]["sepay_bank_webhook"]
    body, stamp = known["raw_body"].encode(), int(known["headers"]["X-SePay-Timestamp"])
    assert sign(known["secret"], body, stamp) == known["headers"]


def test_its_checksum_is_that_of_the_standard():
    assert seal_of("123456789") == "29B1", "CRC-16/CCITT-FALSE"


def test_the_page_offers_what_the_qr_asks(sandbox, receiver):
    listening(sandbox, receiver)
    back = f"{receiver.origin}/pay/x/transfers"
    page = html.fromstring(http.get(f"{sandbox.url}/bank", params={"qr": TEXT, "back": back}).text)
    assert page.cssselect("#amount")[0].get("value") == "264000"
    assert page.cssselect("#memo")[0].get("value") == "LC48172063"
    assert page.cssselect(".back a")[0].get("href") == back
    assert not page.cssselect(".notice.bad")
    away = html.fromstring(http.get(f"{sandbox.url}/bank", params={"qr": TEXT, "back": "http://evil.example/"}).text)
    assert not away.cssselect(".back a")


def test_what_is_paid_is_told_signed(sandbox, receiver):
    receiver.says = CONTENT
    listening(sandbox, receiver)
    assert transfer(sandbox).status_code == 303
    when(sandbox, "told")
    ((head, body),) = receiver.got
    stamp = head["x-sepay-timestamp"]
    meant = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert head["x-sepay-signature"] == f"sha256={meant}"
    (booked,) = said(receiver)
    assert (booked["accountNumber"], booked["transferAmount"], booked["content"]) == (ACCOUNT, 264_000, "LC48172063")
    assert (booked["transferType"], booked["gateway"]) == ("in", "Agribank")


def test_the_tester_may_pay_otherwise(sandbox, receiver):
    receiver.says = CONTENT
    listening(sandbox, receiver)
    transfer(sandbox, amount="200k", memo="cho me", how="lower")
    transfer(sandbox, how="prefixed")
    when(sandbox, "told")
    when(sandbox, "told", 1)
    first, second = said(receiver)
    assert (first["transferAmount"], first["content"]) == (200_000, "cho me")
    assert "LC48172063" in second["content"] != "LC48172063"
    assert first["referenceCode"] != second["referenceCode"], "two bookings"


@pytest.mark.parametrize("amount", ["", "0", "-5", "1,5", "nhiều", "9" * 15])
def test_no_sum_no_transfer(sandbox, receiver, amount):
    answer = transfer(sandbox, amount=amount)
    assert answer.status_code == 422
    assert html.fromstring(answer.text).cssselect("#amount-error")[0].text
    assert bookings(sandbox) == []


@pytest.mark.parametrize(
    ("says", "status"), [(b"", 200), (b'{"success": false}', 200), (b"[]", 200), (CONTENT, 202), (CONTENT, 500)]
)
def test_any_other_answer_is_wrong_and_shown(sandbox, receiver, says, status):
    receiver.says, receiver.answers[:] = says, [status] * 20
    listening(sandbox, receiver)
    transfer(sandbox)
    assert when(sandbox, "failed")["attempts"] == len(MINUTES) + 1 == 8, "once and seven retries"
    assert len(receiver.got) == 8
    assert len({booked["id"] for booked in said(receiver)}) == 1
    page = html.fromstring(http.get(f"{sandbox.url}/bank").text)
    assert str(status) in page.cssselect(".list .error")[0].text
    receiver.says, receiver.answers[:] = CONTENT, []
    http.post(f"{sandbox.url}/bank/bookings/{bookings(sandbox)[0]['id']}/telling")
    when(sandbox, "told")


def test_the_waits_grow_as_sepay_documents():
    assert MINUTES == (1, 1, 2, 3, 5, 8, 13)
    assert sum(MINUTES) == 33


def test_one_may_be_kept_silent_and_told_later(sandbox, receiver):
    receiver.says = CONTENT
    listening(sandbox, receiver)
    http.post(f"{sandbox.url}/bank/dropping", data={"drop": "1"})
    transfer(sandbox)
    transfer(sandbox)
    when(sandbox, "told")
    first = bookings(sandbox)[1]
    assert (first["state"], len(receiver.got)) == ("dropped", 1)
    for _ in range(2):
        http.post(f"{sandbox.url}/bank/bookings/{first['id']}/telling")
        when(sandbox, "told", 1)
    assert [booked["id"] for booked in said(receiver)][1:] == [first["id"]] * 2, "the same booking again"
    assert http.post(f"{sandbox.url}/bank/bookings/999/telling").status_code == 404


def test_an_account_nobody_listens_to(sandbox, receiver):
    page = html.fromstring(http.get(f"{sandbox.url}/bank", params={"qr": TEXT}).text)
    assert page.cssselect(".pay .notice.bad")
    transfer(sandbox)
    assert bookings(sandbox)[0]["state"] == "unheard"
    assert receiver.got == []


def test_a_webhook_is_connected_as_at_sepay(sandbox, receiver):
    receiver.says = CONTENT
    given = {"account": ACCOUNT, "url": f"{receiver.origin}/webhooks/bank/B", "secret": SECRET}
    for wrong in ({"account": "a b"}, {"url": "http://evil.example/webhooks/bank/B"}, {"secret": ""}):
        answer = http.post(f"{sandbox.url}/bank/listeners", data=given | wrong)
        assert answer.status_code == 422
        assert html.fromstring(answer.text).cssselect(f"#{next(iter(wrong))}-error")
    assert http.post(f"{sandbox.url}/bank/listeners", data=given).status_code == 303
    transfer(sandbox)
    when(sandbox, "told")
    assert control_refuses(sandbox)


def control_refuses(sandbox):
    return http.post(f"{sandbox.url}/_control/bank/listeners", json={"account": ACCOUNT}).status_code == 400


@pytest.mark.parametrize(
    ("how", "shown"),
    [
        ("as_written", "LC48172063"),
        ("spaced", "LC48 1720 63"),
        ("lower", "lc48172063"),
        ("cut", "LC4817"),
    ],
)
def test_banks_hand_messages_on_in_their_ways(how, shown):
    assert passed_on("LC48172063", how, 1) == shown
