"""From the card page to the shop: paid, declined, expired, refunded."""

import time

import pytest
import stripe

from tests.shop.sandbox.conftest import asked, control, http, paid


@pytest.fixture
def session(sandbox, receiver, api):
    return api.v1.checkout.sessions.create(asked(sandbox))


def settled(sandbox):
    return control(sandbox, "settling", timeout=10)


def now_of(api, session):
    return api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})


def test_a_good_card_pays_and_leads_back(sandbox, api, session, receiver):
    answer = paid(sandbox, session)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{receiver.origin}/pay/t/return?session={session.id}"
    done = now_of(api, session)
    assert (done.status, done.payment_status, done.url) == ("complete", "paid", None)
    assert (done.customer_details.email, done.customer_details.name) == ("lan@example.com", "LO THI LAN")
    intent = done.payment_intent
    assert (intent.status, intent.amount, intent.amount_received) == ("succeeded", 90_000, 90_000)
    charge = intent.latest_charge
    assert (charge.paid, charge.captured, charge.amount_refunded) == (True, True, 0)
    assert (charge.payment_method_details.card.brand, charge.payment_method_details.card.last4) == ("visa", "4242")


def test_the_shop_is_told_by_signed_events(sandbox, session, receiver):
    paid(sandbox, session)
    assert settled(sandbox)["delivered"] == 4
    assert receiver.kinds() == [
        "charge.succeeded", "checkout.session.completed", "payment_intent.created", "payment_intent.succeeded",
    ]  # fmt: skip
    (event,) = [one for one in receiver.events() if one.type == "checkout.session.completed"]
    assert event.data.object.id == session.id
    assert event.data.object.payment_status == "paid"
    assert event.data.object.client_reference_id == "LC48172063"
    assert event.id.startswith("evt_")


@pytest.mark.parametrize(
    ("number", "code", "decline_code"),
    [
        ("4000 0000 0000 0002", "card_declined", "generic_decline"),
        ("4000 0000 0000 9995", "card_declined", "insufficient_funds"),
        ("4000 0000 0000 0069", "expired_card", None),
        ("4000 0000 0000 0127", "incorrect_cvc", None),
        ("4000 0000 0000 0119", "processing_error", None),
        ("4111 1111 1111 1111", "card_declined", "test_mode_live_card"),
    ],
)
def test_a_bad_card_does_not_pay(sandbox, api, session, receiver, number, code, decline_code):
    answer = paid(sandbox, session, number)
    assert answer.status_code == 402
    after = now_of(api, session)
    assert (after.status, after.payment_status) == ("open", "unpaid")
    assert after.payment_intent.status == "requires_payment_method"
    error = after.payment_intent.last_payment_error.to_dict()
    assert (error["code"], error.get("decline_code")) == (code, decline_code)
    settled(sandbox)
    assert receiver.kinds() == ["charge.failed", "payment_intent.created", "payment_intent.payment_failed"]


def test_after_a_bad_card_a_good_one_pays_the_same_intent(sandbox, api, session):
    paid(sandbox, session, "4000 0000 0000 0002")
    first = now_of(api, session).payment_intent.id
    assert paid(sandbox, session).status_code == 303
    assert now_of(api, session).payment_intent.id == first
    assert now_of(api, session).payment_intent.last_payment_error is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "4242 4242 4242 4241"},
        {"number": ""},
        {"expiry": "1/20"},
        {"expiry": "13/34"},
        {"cvc": "1"},
        {"email": ""},
    ],
)
def test_a_slip_of_the_pen_asks_no_bank(sandbox, api, session, receiver, wrong):
    fields = {"number": "4242424242424242", "expiry": "12/34", "cvc": "123", "email": "lan@example.com"}
    assert http.post(session.url, data=fields | wrong).status_code == 422
    assert api.v1.checkout.sessions.retrieve(session.id).payment_intent is None
    assert receiver.got == []


def test_paying_twice_charges_once(sandbox, api, session, receiver):
    assert [paid(sandbox, session).status_code for _ in range(2)] == [303, 303]
    settled(sandbox)
    assert receiver.kinds().count("charge.succeeded") == 1


def test_the_shop_ends_a_session(sandbox, api, session, receiver):
    ended = api.v1.checkout.sessions.expire(session.id)
    assert (ended.status, ended.url) == ("expired", None)
    assert paid(sandbox, session).status_code == 402
    settled(sandbox)
    assert receiver.kinds() == ["checkout.session.expired"]
    with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
        api.v1.checkout.sessions.expire(session.id)


def test_a_paid_session_cannot_be_ended(sandbox, api, session):
    paid(sandbox, session)
    with pytest.raises(stripe.InvalidRequestError, match="status of `complete`"):
        api.v1.checkout.sessions.expire(session.id)


def test_time_ends_a_session(sandbox, api, session, receiver):
    paid(sandbox, session, "4000 0000 0000 0002")
    control(sandbox, "clock", advance=36 * 60)  # this call or the sandbox's own sweep ends it, whichever comes first
    after = now_of(api, session)
    assert (after.status, after.payment_status) == ("expired", "unpaid")
    assert (after.payment_intent.status, after.payment_intent.cancellation_reason) == ("canceled", "expired")
    assert paid(sandbox, session).status_code == 402
    settled(sandbox)
    assert "checkout.session.expired" in receiver.kinds()


def test_time_ends_a_session_without_anybody_asking(sandbox, api, receiver):
    control(sandbox, "clock", advance=-31 * 60)
    api.v1.checkout.sessions.create(asked(sandbox, expires_at=int(time.time()) + 1))
    control(sandbox, "clock", reset=True)
    deadline = time.monotonic() + 5
    while "checkout.session.expired" not in receiver.kinds() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert receiver.kinds() == ["checkout.session.expired"]


@pytest.fixture
def intent(sandbox, api, session, receiver):
    paid(sandbox, session)
    settled(sandbox)
    receiver.got.clear()
    return api.v1.checkout.sessions.retrieve(session.id).payment_intent


def test_a_payment_is_given_back(sandbox, api, intent, receiver):
    refund = api.v1.refunds.create({"payment_intent": intent, "reason": "requested_by_customer"})
    assert refund.id.startswith("re_")
    assert (refund.amount, refund.currency, refund.status, refund.payment_intent) == (
        90_000,
        "vnd",
        "succeeded",
        intent,
    )
    assert api.v1.refunds.retrieve(refund.id).charge == refund.charge
    charge = api.v1.charges.retrieve(refund.charge)
    assert (charge.refunded, charge.amount_refunded) == (True, 90_000)
    settled(sandbox)
    assert receiver.kinds() == ["charge.refunded", "refund.created", "refund.updated"]


def test_a_payment_is_given_back_in_parts_and_no_further(sandbox, api, intent):
    api.v1.refunds.create({"payment_intent": intent, "amount": 40_000})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount on charge") as refused:
        api.v1.refunds.create({"payment_intent": intent, "amount": 50_001})
    assert (refused.value.param, refused.value.http_status) == ("amount", 400)
    charge = api.v1.refunds.create({"payment_intent": intent, "amount": 50_000}).charge
    with pytest.raises(stripe.InvalidRequestError, match="has already been refunded") as refused:
        api.v1.refunds.create({"charge": charge})
    assert refused.value.code == "charge_already_refunded"
    assert [one.amount for one in api.v1.refunds.list({"payment_intent": intent}).data] == [50_000, 40_000]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "parameter_missing"), ({"payment_intent": "pi_none"}, "resource_missing"),
        ({"charge": "ch_none"}, "resource_missing"), ({"charge": "ch_1", "amount": 0}, "parameter_invalid_integer"),
        ({"charge": "ch_1", "reason": "bored"}, None), ({"charge": "ch_1", "sum": 1}, "parameter_unknown"),
        ({"payment_intent": "pi_1", "charge": "ch_1"}, "parameters_exclusive"),
    ],
)  # fmt: skip
def test_what_cannot_be_given_back(api, params, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.refunds.create(params)
    assert refused.value.code == code


def test_an_unpaid_intent_cannot_be_given_back(sandbox, api, session):
    paid(sandbox, session, "4000 0000 0000 0002")
    intent = api.v1.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge to refund"):
        api.v1.refunds.create({"payment_intent": intent})
