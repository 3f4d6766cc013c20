"""Idempotency keys: the first answer again, never a second session."""

import threading
import time

import pytest
import stripe

from tests.shop.sandbox.conftest import asked, client, control


def create(api, params, key="pay-7K2M-1"):
    return api.v1.checkout.sessions.create(params, options={"idempotency_key": key})


def made(api):
    return len(api.v1.checkout.sessions.list().data)


def test_the_same_request_gives_the_same_session(sandbox, api):
    params = asked(sandbox)
    first, second = create(api, params), create(api, params)
    assert first == second
    assert first.last_response.headers["Request-Id"] == second.last_response.headers["Original-Request"]
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert made(api) == 1


def test_another_key_makes_another_session(sandbox, api):
    params = asked(sandbox)
    assert create(api, params).id != create(api, params, "pay-7K2M-2").id


def test_other_parameters_under_the_key_are_refused(sandbox, api):
    create(api, asked(sandbox))
    with pytest.raises(stripe.IdempotencyError, match="same parameters") as refused:
        create(api, asked(sandbox, client_reference_id="LC00000000"))
    assert refused.value.http_status == 400
    assert made(api) == 1


def test_another_endpoint_under_the_key_is_refused(sandbox, api):
    create(api, asked(sandbox))
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        api.v1.refunds.create({"payment_intent": "pi_1"}, options={"idempotency_key": "pay-7K2M-1"})


def test_a_refusal_before_any_work_is_not_kept(sandbox, api):
    with pytest.raises(stripe.InvalidRequestError):
        create(api, asked(sandbox, mode=None))
    assert create(api, asked(sandbox)).status == "open"


def test_a_refusal_by_the_work_is_kept(sandbox, api):
    session = api.v1.checkout.sessions.create(asked(sandbox))
    api.v1.checkout.sessions.expire(session.id)
    headers = []
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError, match="status of `expired`") as refused:
            api.v1.checkout.sessions.expire(session.id, options={"idempotency_key": "end-1"})
        headers.append(refused.value.headers.get("Idempotent-Replayed"))
    assert headers == [None, "true"]


def test_a_500_is_kept(sandbox, api):
    control(sandbox, "faults", kind="error")
    params = asked(sandbox)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as refused:
            create(api, params)
        assert refused.value.http_status == 500
    assert made(api) == 0
    assert create(api, params, "pay-7K2M-2").status == "open"


def test_an_answer_lost_on_the_way_is_given_again(sandbox, api):
    control(sandbox, "faults", kind="lost")
    session = client(sandbox, retries=2).v1.checkout.sessions.create(asked(sandbox))
    assert session.status == "open"
    assert made(api) == 1


def test_two_at_once_meet_a_409(sandbox, api):
    control(sandbox, "faults", kind="slow", seconds=1)
    params, results = asked(sandbox), []

    def first():
        results.append(create(client(sandbox), params))

    thread = threading.Thread(target=first)
    thread.start()
    time.sleep(0.4)
    with pytest.raises(stripe.APIError, match="in-progress request using this Idempotent Key") as refused:
        create(api, params)
    thread.join()
    assert refused.value.http_status == 409
    assert refused.value.json_body["error"]["code"] == "idempotency_key_in_use"
    assert create(api, params).id == results[0].id
    assert made(api) == 1


def test_stripe_s_library_waits_for_the_first_by_itself(sandbox, api):
    control(sandbox, "faults", kind="slow", seconds=0.8)
    params, results = asked(sandbox), []
    run = [threading.Thread(target=lambda: results.append(create(client(sandbox, retries=5), params))) for _ in "ab"]
    for thread in run:
        thread.start()
    for thread in run:
        thread.join()
    assert len({session.id for session in results}) == 1
    assert made(api) == 1


def test_a_key_is_forgotten_after_a_day(sandbox, api):
    params = asked(sandbox, expires_at=None)
    first = create(api, params)
    control(sandbox, "clock", advance=24 * 3600 - 60)
    assert create(api, params).id == first.id
    control(sandbox, "clock", advance=61)
    assert create(api, params).id != first.id


def test_a_key_has_at_most_255_characters(sandbox, api):
    assert create(api, asked(sandbox), "k" * 255).status == "open"
    with pytest.raises(stripe.InvalidRequestError, match="255"):
        create(api, asked(sandbox), "k" * 256)


@pytest.mark.parametrize(("kind", "status"), [("down", 503), ("busy", 429)])
def test_a_bad_day_leaves_nothing_behind(sandbox, api, kind, status):
    control(sandbox, "faults", kind=kind, times=2)
    params = asked(sandbox)
    for _ in range(2):
        with pytest.raises(stripe.StripeError) as refused:
            create(api, params)
        assert refused.value.http_status == status
    assert create(api, params).status == "open"
    assert made(api) == 1
