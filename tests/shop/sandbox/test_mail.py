"""Mail: smtplib as the shop uses it, and the refusals of real mail servers."""

import smtplib
import socket
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import pytest

from shop.sandbox.smtp_checks import SIZE_LIMIT
from tests.shop.sandbox.conftest import http


def mail(**headers):
    message = EmailMessage()
    fixed = {
        "From": "Chợ Phiên <no-reply@chophien.example>", "To": "lan@example.com", "Subject": "Mã đăng nhập: 482913",
        "Date": formatdate(), "Message-ID": make_msgid(domain="chophien.example"),
    }  # fmt: skip
    for name, value in (fixed | headers).items():
        if value is not None:
            message[name] = value
    message.set_content("Mã của bạn là 482913.\nMở http://127.0.0.1:8000/sign-in?c=1&d=2 để đăng nhập, giá 45.000 ₫.\n")
    return message


@pytest.fixture
def server(sandbox):
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as found:
        yield found


@pytest.fixture
def talk(sandbox):
    """Speak SMTP by hand: what is said in, the answers out."""

    def say(raw):
        with socket.create_connection(("127.0.0.1", sandbox.smtp_port), timeout=5) as wire:
            wire.sendall(raw)
            wire.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: wire.recv(4096), b"")).decode()

    return say


def inbox(sandbox, **query):
    return http.get(f"{sandbox.url}/mailbox.json", params=query).json()


def test_a_mail_arrives_whole(sandbox, server):
    server.send_message(mail())
    (got,) = inbox(sandbox)
    assert got["from"] == "Chợ Phiên <no-reply@chophien.example>"
    assert got["subject"] == "Mã đăng nhập: 482913"
    assert got["to"] == ["lan@example.com"]
    assert got["text"].startswith("Mã của bạn là 482913.")
    assert got["links"] == ["http://127.0.0.1:8000/sign-in?c=1&d=2"]
    assert got["codes"] == ["482913"], "a price is no code"


def test_both_parts_and_attachments_are_read(sandbox, server):
    message = mail()
    message.add_alternative("<p>Mã <b>482913</b> <a href='http://a.example/?x=1&amp;y=2'>mở</a></p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="hoa-don.pdf")
    server.send_message(message)
    (got,) = inbox(sandbox)
    assert "<b>482913</b>" in got["html"]
    assert "http://a.example/?x=1&y=2" in got["links"]
    assert got["attachments"] == ["hoa-don.pdf"]


def test_mail_is_found_by_its_recipient(sandbox, server):
    server.send_message(mail(To="lan@example.com"))
    server.send_message(mail(To="Sung@Example.com"))
    assert [one["to"] for one in inbox(sandbox, to="sung@example.com")] == [["sung@example.com"]]
    assert inbox(sandbox, to="nobody@example.com") == []


def test_a_line_that_is_a_dot_survives(sandbox, server):
    message = mail()
    message.set_content("one\n.\n..two\n")
    server.send_message(message)
    assert inbox(sandbox)[0]["text"].splitlines() == ["one", ".", "..two"]


def test_one_connection_carries_many_mails(sandbox, server):
    for number in range(3):
        server.send_message(mail(Subject=str(number)))
    assert [one["subject"] for one in inbox(sandbox)] == ["2", "1", "0"]


@pytest.mark.parametrize("name", ["From", "Date", "Message-ID"])
def test_a_needed_header_is_asked_for(server, sandbox, name):
    message = mail(**{name: None})
    with pytest.raises(smtplib.SMTPDataError, match=f"{name} is missing"):
        server.send_message(message, from_addr="a@example.com")
    assert inbox(sandbox) == []


def test_a_header_may_not_come_twice(server):
    raw = b"From: a@b.example\r\nFrom: c@d.example\r\nDate: x\r\nMessage-ID: <1@a>\r\nSubject: s\r\n\r\nbody\r\n"
    with pytest.raises(smtplib.SMTPDataError, match="From comes twice"):
        server.sendmail("a@b.example", ["c@d.example"], raw)


@pytest.mark.parametrize("address", ["lan", "lan@", "@example.com", "la n@example.com", "lan@exa mple", "l..n@e.vn",
                                     "lan@-e.vn", "x" * 65 + "@e.vn"])  # fmt: skip
def test_what_is_no_address_is_refused(server, address):
    server.ehlo()
    server.docmd(f"MAIL FROM:<{address}>")
    assert server.docmd(f"MAIL FROM:<{address}>")[0] in {501, 553}
    server.docmd("MAIL FROM:<a@example.com>")
    assert server.docmd(f"RCPT TO:<{address}>")[0] in {501, 553}


def test_an_address_with_marks_needs_smtputf8(server, sandbox):
    message = mail(To="lò.thị.vân@example.com")
    server.command_encoding = "utf-8"
    server.ehlo()
    assert server.docmd("MAIL FROM:<lò@example.com>")[0] == 553
    server.send_message(message)  # smtplib asks for SMTPUTF8 by itself
    assert inbox(sandbox)[0]["to"] == ["lò.thị.vân@example.com"]


def test_too_large_is_refused_before_and_after(sandbox, server):
    server.ehlo()
    assert server.esmtp_features["size"] == str(SIZE_LIMIT)
    assert server.docmd(f"MAIL FROM:<a@example.com> SIZE={SIZE_LIMIT + 1}")[0] == 552
    message = mail()
    message.set_content(("x" * 70 + "\n") * (SIZE_LIMIT // 71 + 10))
    server.docmd("MAIL FROM:<a@example.com>")
    server.docmd("RCPT TO:<b@example.com>")
    assert server.data(bytes(message))[0] == 552
    assert inbox(sandbox) == []


def test_the_order_of_commands_is_kept(server):
    assert server.docmd("MAIL FROM:<a@example.com>")[0] == 503, "greet first"
    server.ehlo()
    assert server.docmd("RCPT TO:<a@example.com>")[0] == 503
    assert server.docmd("DATA")[0] == 503
    assert server.docmd("MAIL FROM:a@example.com")[0] == 501, "an address stands in angle brackets"
    assert server.docmd("MAIL FROM:<a@example.com> AUTH=<>")[0] == 555
    assert server.docmd("MAIL FROM:<a@example.com> BODY=8BITMIME")[0] == 250
    assert server.docmd("MAIL FROM:<a@example.com>")[0] == 503
    assert server.rset()[0] == 250
    assert server.noop()[0] == 250
    assert server.docmd("VRFY lan")[0] == 252
    assert server.docmd("TURN")[0] == 500


def test_the_hundred_and_first_recipient_waits(server):
    server.ehlo()
    server.docmd("MAIL FROM:<a@example.com>")
    codes = [server.docmd(f"RCPT TO:<p{number}@example.com>")[0] for number in range(101)]
    assert codes[99:] == [250, 452]


HEAD = b"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n"
FIELDS = b"From: a@b.example\r\nDate: Sun, 22 Nov 2026 10:00:00 +0700\r\nMessage-ID: <1@b.example>\r\n"


def test_a_bare_line_feed_cannot_smuggle_a_second_mail(talk, sandbox):
    answers = talk(HEAD + FIELDS + b"\r\nfirst\r\n\n.\nMAIL FROM:<e@b.example>\r\n.\r\nQUIT\r\n")
    assert "554 5.6.0 A line ends with CR LF" in answers
    assert inbox(sandbox) == []


def test_raw_utf8_in_the_header_needs_smtputf8(talk, sandbox):
    assert "554 5.6.7" in talk(HEAD + FIELDS + "Subject: Chợ\r\n\r\nx\r\n.\r\nQUIT\r\n".encode())
    allowed = HEAD.replace(b"<a@b.example>", b"<a@b.example> SMTPUTF8")
    assert "250 2.0.0" in talk(allowed + FIELDS + "Subject: Chợ\r\n\r\nx\r\n.\r\nQUIT\r\n".encode())
    assert inbox(sandbox)[0]["subject"] == "Chợ"


def test_a_header_that_is_none_is_refused(talk):
    assert "554 5.6.0" in talk(HEAD + b"no header here\r\n\r\nx\r\n.\r\nQUIT\r\n")
    assert "554 5.6.0 No empty line" in talk(HEAD + b"From: a@b.example\r\n.\r\nQUIT\r\n")


def test_a_mail_cut_short_is_not_kept(talk, sandbox):
    talk(HEAD + FIELDS + b"\r\nhalf a sen")
    assert inbox(sandbox) == []


def test_nonsense_ends_the_conversation(talk):
    assert "500 5.5.2" in talk(b"x" * 3000 + b"\r\n")
    assert "421 4.7.0" in talk(b"EHLO me\r\n" + b"NONSENSE\r\n" * 12)
