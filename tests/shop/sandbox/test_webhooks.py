"""Events on their way: signed, tried again, held, doubled, delayed, falsified; the log and its button."""

import json
import time

import pytest
import stripe

from shop.sandbox.webhooks import sign
from tests.shop.sandbox.conftest import SECRET, asked, control, http


@pytest.fixture
def happen(sandbox, receiver, api):
    """Let something happen that sends one event; return the session's id."""

    def once():
        return api.v1.checkout.sessions.expire(api.v1.checkout.sessions.create(asked(sandbox)).id).id

    return once


def settled(sandbox):
    return control(sandbox, "settling", timeout=10)


def log(sandbox, **query):
    return http.get(f"{sandbox.url}/webhooks.json", params=query).json()


def test_the_signature_is_the_one_stripe_s_library_makes():
    body = json.dumps({"name": "Chè Shan tuyết"}, ensure_ascii=False)
    theirs = stripe.WebhookSignature.generate_signature_header(body, SECRET, timestamp=1_795_000_000)
    assert sign(SECRET, body.encode(), 1_795_000_000) == theirs


def test_an_event_arrives_signed_over_its_raw_body(sandbox, happen, receiver):
    own_id = happen()
    settled(sandbox)
    ((head, body),) = receiver.got
    assert head["content-type"] == "application/json; charset=utf-8"
    assert "Stripe/1.0" in head["user-agent"]
    assert receiver.events()[0].data.object.id == own_id
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", head["stripe-signature"], SECRET)


def test_an_event_is_tried_again_until_it_is_taken(sandbox, happen, receiver):
    receiver.answers[:] = [500, 302, 200]
    happen()
    assert settled(sandbox)["delivered"] == 1
    assert len({event.id for event in receiver.events()}) == 1
    assert len(receiver.got) == 3
    assert (log(sandbox)[0]["attempts"], log(sandbox)[0]["status"]) == (3, 200)


def test_after_four_attempts_it_is_given_up(sandbox, happen, receiver):
    receiver.answers[:] = [500] * 9
    happen()
    assert settled(sandbox)["failed"] == 1
    assert len(receiver.got) == 4


def test_it_is_sent_again_by_the_button(sandbox, happen, receiver):
    happen()
    settled(sandbox)
    event_id = receiver.events()[0].id
    answer = http.post(f"{sandbox.url}/webhooks/{event_id}/delivery", headers={"Origin": sandbox.url})
    assert answer.status_code == 303
    settled(sandbox)
    assert [event.id for event in receiver.events()] == [event_id] * 2
    assert http.post(f"{sandbox.url}/webhooks/evt_none/delivery").status_code == 404


def test_held_events_go_in_the_order_asked_for(sandbox, happen, receiver):
    control(sandbox, "webhooks", mode="hold")
    ids = [happen() for _ in range(3)]
    assert (settled(sandbox)["held"], receiver.got) == (3, [])
    assert control(sandbox, "webhooks/release", order="last") == {"released": 3}
    assert settled(sandbox)["delivered"] == 3
    assert {event.data.object.id for event in receiver.events()} == set(ids)


def test_dropped_events_never_arrive(sandbox, happen, receiver):
    control(sandbox, "webhooks", mode="drop")
    happen()
    assert settled(sandbox)["dropped"] == 1
    assert receiver.got == []


def test_doubled_events_arrive_twice_under_one_id(sandbox, happen, receiver):
    control(sandbox, "webhooks", mode="duplicate")
    happen()
    settled(sandbox)
    assert len(receiver.got) == 2
    assert len({event.id for event in receiver.events()}) == 1


def test_delayed_events_arrive_late(sandbox, happen, receiver):
    control(sandbox, "webhooks", mode="delay", wait=0.6)
    began = time.monotonic()
    happen()
    settled(sandbox)
    assert time.monotonic() - began >= 0.6
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("how", "sentence"),
    [("wrong", "No signatures found matching"), ("old", "outside the tolerance zone"), ("missing", "No Stripe-Sig")],
)
def test_false_signatures_can_be_ordered(sandbox, happen, receiver, how, sentence):
    control(sandbox, "webhooks", signature=how)
    happen()
    settled(sandbox)
    ((head, body),) = receiver.got
    with pytest.raises(stripe.SignatureVerificationError, match=sentence):
        stripe.Webhook.construct_event(body, head.get("stripe-signature"), SECRET)


def test_an_invented_event_is_well_signed(sandbox, receiver):
    about = {"id": "cs_test_other", "object": "checkout.session", "amount_total": 1, "payment_status": "paid"}
    control(sandbox, "events", type="checkout.session.completed", object=about)
    settled(sandbox)
    (event,) = receiver.events()
    assert event.data.object.amount_total == 1


def test_nobody_at_home_is_written_down(sandbox, happen, receiver, monkeypatch):
    monkeypatch.setattr(type(sandbox.sandbox.settings), "webhook_url", "http://127.0.0.1:9/webhooks/stripe")
    happen()
    assert settled(sandbox)["failed"] == 1
    assert "ConnectError" in log(sandbox)[0]["note"]


def test_the_log_is_narrowed_to_one_object(sandbox, happen, receiver):
    one, _other = happen(), happen()
    assert [row["about"] for row in log(sandbox, about=one)] == [one]
    assert len(log(sandbox)) == 2


@pytest.mark.parametrize(
    ("what", "fields"),
    [("webhooks", {"mode": "loud"}), ("webhooks", {"wait": "long"}), ("webhooks", {"signature": "nice"}),
     ("webhooks/release", {"order": "middle"}), ("faults", {"kind": "fire"}), ("events", {"type": "x"}),
     ("clock", {"advance": "much"})],
)  # fmt: skip
def test_a_switch_has_only_its_positions(sandbox, what, fields):
    assert http.post(f"{sandbox.url}/_control/{what}", json=fields).status_code == 400


def test_the_switches_can_be_read(sandbox):
    control(sandbox, "webhooks", mode="delay", wait=2)
    control(sandbox, "faults", kind="slow", seconds=1, times=2)
    control(sandbox, "clock", advance=90)
    found = http.get(f"{sandbox.url}/_control/").json()
    assert (found["webhooks"], found["wait"], found["clock_ahead"]) == ("delay", 2.0, 90)
    assert found["faults"] == [["slow", 1.0], ["slow", 1.0]]
