"""What people see: the red bar everywhere, three languages, no way in from outside, nothing that runs."""

import smtplib

import pytest
from lxml import html

from shop.sandbox.app import create_sandbox
from tests.shop.sandbox.conftest import asked, control, http, paid
from tests.shop.sandbox.test_mail import mail
from tests.shop.sandbox.test_sms import GOOD

BAR = {"vi": "Đây là bản thử", "en": "Nothing here is real", "hi": "यह सिर्फ़ परीक्षण है"}


@pytest.fixture
def lived_in(sandbox, receiver, api):
    """A sandbox in which something of everything happened; its pages by name."""
    message = mail()
    message.add_alternative("<p>Mã <b>482913</b></p><script>alert(1)</script>", subtype="html")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as server:
        server.send_message(message)
    http.post(f"{sandbox.url}/sms/send", json=GOOD)
    session, waiting = (api.v1.checkout.sessions.create(asked(sandbox)) for _ in range(2))
    paid(sandbox, session)
    control(sandbox, "settling")
    mail_id = http.get(f"{sandbox.url}/mailbox.json").json()[0]["id"]
    event_id = http.get(f"{sandbox.url}/webhooks.json").json()[0]["event_id"]
    return {
        "index": "/", "mailbox": "/mailbox", "mail": f"/mailbox/{mail_id}", "sms": "/sms", "payments": "/payments",
        "paid": f"/pay/{session.id}", "card": f"/pay/{waiting.id}", "log": "/webhooks", "bank": "/bank",
        "event": f"/webhooks/{event_id}",
    }  # fmt: skip


def see(sandbox, path, **query):
    answer = http.get(sandbox.url + path, params=query)
    assert answer.status_code == 200, path
    return html.fromstring(answer.text), answer


@pytest.mark.parametrize("language", BAR)
def test_every_page_has_the_red_bar_in_three_languages(sandbox, lived_in, language):
    for path in lived_in.values():
        page, _ = see(sandbox, path, lang=language)
        assert page.get("lang") == language
        assert BAR[language] in page.cssselect(".bar")[0].text_content(), path
        assert len(page.cssselect("h1")) == 1, path


def test_the_language_is_the_browser_s_until_one_is_chosen(sandbox):
    answer = http.get(sandbox.url, headers={"Accept-Language": "hi-IN,hi;q=0.9,en;q=0.5"})
    assert '<html lang="hi">' in answer.text
    chosen = html.fromstring(http.get(f"{sandbox.url}/sms?lang=en", headers={"Accept-Language": "hi"}).text)
    assert all("lang=en" in link.get("href") for link in chosen.cssselect("header a")), "links keep the choice"


def test_pages_hold_nothing_that_runs(sandbox, lived_in):
    for path in lived_in.values():
        page, answer = see(sandbox, path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.cssselect("script, style, [style], [onclick]") == [], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_mail_s_html_stays_in_its_frame(sandbox, lived_in):
    page, _ = see(sandbox, lived_in["mail"])
    (frame,) = page.cssselect("iframe")
    assert frame.get("sandbox") == ""
    inner = http.get(sandbox.url + frame.get("src"))
    assert "<b>482913</b>" in inner.text
    policy = inner.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy


def test_codes_stand_out(sandbox, lived_in):
    for name in ("mail", "sms"):
        page, _ = see(sandbox, lived_in[name])
        assert page.cssselect(".code")[0].text == "482913"


def test_the_card_page_says_what_is_paid_for(sandbox, lived_in):
    page, answer = see(sandbox, lived_in["card"], lang="vi")
    assert page.cssselect(".total")[0].text == "90.000\N{NO-BREAK SPACE}₫"
    assert "Chè Shan tuyết" in page.cssselect("table")[0].text_content()
    back = page.cssselect(".back a")[0].get("href")
    assert back == f"{sandbox.sandbox.settings.shop_origin}/pay/t", "a link back, not a form"
    assert f"form-action 'self' {sandbox.sandbox.settings.shop_origin};" in answer.headers["Content-Security-Policy"]
    fields = [field.get("name") for field in page.cssselect("form input")]
    assert fields == ["number", "expiry", "cvc", "name", "email"]
    assert all(page.cssselect(f"label[for={name}]") for name in fields)


def test_a_refused_card_is_explained_and_nothing_typed_is_lost(sandbox, api):
    session = api.v1.checkout.sessions.create(asked(sandbox))
    answer = paid(sandbox, session, "4000 0000 0000 9995")
    page = html.fromstring(answer.text)
    assert page.cssselect("[role=alert]")[0].text
    assert page.cssselect("#name")[0].get("value") == "LO THI LAN"
    wrong = html.fromstring(http.post(session.url, data={"number": "12"}).text)
    assert wrong.cssselect("#number")[0].get("aria-describedby") == "number-error"
    assert wrong.cssselect("#number-error")[0].text


def test_hostile_texts_are_shown_as_text(sandbox, api):
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as server:
        server.send_message(mail(Subject="<script>alert(1)</script>"))
    assert "<script>" not in http.get(f"{sandbox.url}/mailbox").text
    (one,) = http.get(f"{sandbox.url}/mailbox.json").json()
    assert one["subject"] == "<script>alert(1)</script>"


def test_other_sites_and_other_machines_stay_outside(sandbox):
    foreign = {"Origin": "http://evil.example"}
    assert http.post(f"{sandbox.url}/mailbox/emptying", headers=foreign).status_code == 403
    assert http.post(f"{sandbox.url}/_control/forgetting", json={}, headers=foreign).status_code == 403
    assert http.get(f"{sandbox.url}/mailbox.json", headers={"Host": "evil.example"}).status_code == 403
    client = sandbox.app.test_client()
    assert client.get("/_control/", environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 403
    assert client.get("/_control/").status_code == 200


def test_what_is_not_there_says_so_under_the_bar(sandbox):
    for path in ("/pay/cs_test_none", "/mailbox/99", "/webhooks/evt_none", "/nothing"):
        answer = http.get(sandbox.url + path)
        assert answer.status_code == 404
        assert 'class="bar"' in answer.text


def test_the_mailbox_can_be_emptied(sandbox, lived_in):
    assert http.post(f"{sandbox.url}/mailbox/emptying", headers={"Origin": sandbox.url}).status_code == 303
    assert http.get(f"{sandbox.url}/mailbox.json").json() == []


@pytest.mark.parametrize(
    "settings", [{"environment": "production"}, {"stripe_key": "sk_live_x"}, {"webhook_secret": "x"},
                 {"shop_origin": "market"}],
)  # fmt: skip
def test_it_does_not_start_where_something_could_be_real(tmp_path, settings):
    with pytest.raises(ValueError, match=r"\w"):
        create_sandbox(str(tmp_path / "s.db"), **settings)
    assert list(tmp_path.iterdir()) == []
