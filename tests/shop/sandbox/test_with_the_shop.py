"""The market's own senders hand their messages to the stand-ins."""

import pytest

from shop.notices.failures import NotSent
from shop.notices.mail.letters import Letter
from shop.notices.senders import HttpSms, Smtp
from tests.shop.sandbox.conftest import http

FROM = "Chợ Phiên <no-reply@chophien.example>"


def test_a_mail_of_the_market_is_taken(sandbox):
    sender = Smtp(sandbox.shop_settings["SMTP_URL"], FROM)
    words = "Mã của bạn là 482913."
    sender.send("lan@example.com", Letter("Mã đăng nhập", f"{words}\n", f"<p>{words}</p>", "vi"))
    (got,) = http.get(f"{sandbox.url}/mailbox.json").json()
    names = {name for name, _value in got["headers"]}
    assert got["html"].strip() == f"<p>{words}</p>" and not names & {"Bcc", "List-Unsubscribe"}
    assert (got["from"], got["to"], got["codes"]) == (FROM, ["lan@example.com"], ["482913"])


def test_a_text_of_the_market_is_taken_once(sandbox):
    given = sandbox.shop_settings
    sender = HttpSms(given["SMS_URL"], given["SMS_API_KEY"], given["SMS_SECRET_KEY"])
    for _ in range(2):
        sender.send("+84912345678", "Ma dang nhap: 482913", "sms-1")
    assert len(http.get(f"{sandbox.url}/sms.json").json()) == 1


def test_what_is_refused_is_not_sent(sandbox):
    given = sandbox.shop_settings
    with pytest.raises(NotSent, match="101"):
        HttpSms(given["SMS_URL"], "other", "other").send("+84912345678", "x", "sms-1")
    with pytest.raises(NotSent, match="SMTP"):
        Smtp(given["SMTP_URL"], FROM).send("not an address", Letter("x", "x", "x", "vi"))
