"""Checkout Sessions: Stripe's own library against the stand-in, good and refused."""

import time

import pytest
import stripe

from tests.shop.sandbox.conftest import ITEM, asked, client, control, http

MINUTE = 60


def without(path):
    """Return the line item with one thing taken out, such as price_data.currency."""
    item = {"quantity": 2, "price_data": {**ITEM["price_data"], "product_data": {"name": "Chè", "description": "x"}}}
    *above, last = path.split(".")
    inner = item
    for name in above:
        inner = inner[name]
    del inner[last]
    return [item]


def priced(amount, quantity=1, **changes):
    price = {"currency": "vnd", "unit_amount": amount, "product_data": {"name": "Mật ong"}} | changes
    return [{"quantity": quantity, "price_data": price}]


def test_a_session_is_made_and_read_back(sandbox, api):
    made = api.v1.checkout.sessions.create(asked(sandbox))
    assert made.id.startswith("cs_test_")
    assert (made.object, made.livemode, made.mode, made.currency) == ("checkout.session", False, "payment", "vnd")
    assert (made.status, made.payment_status, made.payment_intent) == ("open", "unpaid", None)
    assert (made.amount_total, made.amount_subtotal) == (90_000, 90_000), "đồng has no cents: as given"
    assert made.client_reference_id == "LC48172063"
    assert made.metadata["purchase"] == "7K2M9QXA"
    assert made.url == f"{sandbox.url}/pay/{made.id}"
    assert api.v1.checkout.sessions.retrieve(made.id) == made


def test_lines_are_shown_when_asked_for(sandbox, api):
    made = api.v1.checkout.sessions.create(asked(sandbox, expand=["line_items"]))
    (line,) = made.line_items.data
    assert (line.description, line.quantity, line.amount_total) == ("Chè Shan tuyết, gói 100 g", 2, 90_000)
    assert line.price.unit_amount == 45_000
    assert api.v1.checkout.sessions.line_items.list(made.id).data == [line]
    assert "line_items" not in api.v1.checkout.sessions.retrieve(made.id)


@pytest.mark.parametrize("name", ["mode", "success_url", "line_items"])
def test_what_must_be_there_is_asked_for(sandbox, api, name):
    refused = refusal(api, asked(sandbox, **{name: None}))
    assert (refused.code, refused.param, refused.http_status) == ("parameter_missing", name, 400)
    assert refused.error.type == "invalid_request_error"
    assert refused.error.message == f"Missing required param: {name}."


@pytest.mark.parametrize(
    ("path", "param", "code"),
    [
        ("quantity", "line_items[0]", None),
        ("price_data", "line_items[0]", None),
        ("price_data.currency", "line_items[0][price_data][currency]", "parameter_missing"),
        ("price_data.unit_amount", "line_items[0][price_data][unit_amount]", "parameter_missing"),
        ("price_data.product_data", "line_items[0][price_data][product_data]", "parameter_missing"),
        ("price_data.product_data.name", "line_items[0][price_data][product_data][name]", "parameter_missing"),
    ],
)
def test_a_line_must_say_what_it_is(sandbox, api, path, param, code):
    refused = refusal(api, asked(sandbox, line_items=without(path)))
    assert (refused.param, refused.code) == (param, code)


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"colour": "red"}, "colour", "parameter_unknown"),
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),  # gone in this API version
        ({"line_items": [{**ITEM, "name": "Chè"}]}, "line_items[0][name]", "parameter_unknown"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "line_items[0][price]", "resource_missing"),
        ({"shipping_options": [{"shipping_rate": "shr_1"}]}, "shipping_options", "sandbox_not_supported"),
        ({"mode": "subscription"}, "mode", "sandbox_not_supported"),
        ({"mode": "gift"}, "mode", None),
        ({"locale": "hi"}, "locale", None),  # Stripe's Hindi is hi-IN
        ({"success_url": "/paid"}, "success_url", "url_invalid"),
        ({"cancel_url": "javascript:alert(1)"}, "cancel_url", "url_invalid"),
        ({"cancel_url": ""}, "cancel_url", "parameter_invalid_empty"),
        ({"customer_email": "lan"}, "customer_email", "email_invalid"),
        ({"client_reference_id": "x" * 201}, "client_reference_id", None),
        ({"metadata": {"k" * 41: "v"}}, "metadata", None),
        ({"metadata": {"k": "v" * 501}}, "metadata[k]", None),
        ({"metadata": {f"k{n}": "v" for n in range(51)}}, "metadata", None),
        ({"line_items": priced(45_000, 0)}, "line_items[0][quantity]", "parameter_invalid_integer"),
        ({"line_items": priced(-1)}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"line_items": priced(450.5)}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"line_items": priced(45_000, currency="usd")}, "line_items[0][price_data][currency]", None),
        ({"line_items": priced(12_999)}, None, "amount_too_small"),
        ({"line_items": priced(50_000_000, 2)}, None, "amount_too_large"),
        ({"line_items": [ITEM] * 101}, "line_items", None),
        ({"expand": ["customer"]}, "expand", None),
    ],
)
def test_what_stripe_refuses_is_refused(sandbox, api, changes, param, code):
    refused = refusal(api, asked(sandbox, **changes))
    assert (refused.param, refused.code, refused.http_status) == (param, code, 400)


def test_the_bounds_of_an_amount_are_allowed(sandbox, api):
    assert api.v1.checkout.sessions.create(asked(sandbox, line_items=priced(13_000))).amount_total == 13_000
    assert api.v1.checkout.sessions.create(asked(sandbox, line_items=priced(99_999_999))).amount_total == 99_999_999


@pytest.mark.parametrize(("minutes", "sentence"), [(29, "at least 30 minutes"), (24 * 60, "less than 24 hours")])
def test_a_session_lives_half_an_hour_to_a_day(sandbox, api, minutes, sentence):
    refused = refusal(api, asked(sandbox, expires_at=int(time.time()) + minutes * MINUTE))
    assert refused.param == "expires_at"
    assert sentence in refused.error.message


def test_the_stand_in_judges_by_its_own_clock(sandbox, api):
    in_35 = int(time.time()) + 35 * MINUTE
    control(sandbox, "clock", advance=10 * MINUTE)
    assert refusal(api, asked(sandbox, expires_at=in_35)).param == "expires_at"
    control(sandbox, "clock", reset=True)
    assert api.v1.checkout.sessions.create(asked(sandbox, expires_at=in_35)).expires_at == in_35


def test_without_a_time_it_ends_after_a_day(sandbox, api):
    made = api.v1.checkout.sessions.create(asked(sandbox, expires_at=None))
    assert made.expires_at - made.created == 24 * 60 * MINUTE


@pytest.mark.parametrize("key", ["sk_test_somebody_else", "sk_live_chophien_tests"])
def test_a_wrong_key_is_shown_the_door(sandbox, key):
    with pytest.raises(
        stripe.AuthenticationError, match=r"Invalid API Key provided: sk_(test|live)_\*+\w{4}"
    ) as refused:
        client(sandbox, key).v1.checkout.sessions.create(asked(sandbox))
    assert refused.value.http_status == 401
    assert key not in str(refused.value), "a key is not repeated"


def test_no_key_at_all(sandbox):
    answer = http.get(f"{sandbox.url}/v1/events")
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_the_key_may_come_as_a_user_name(sandbox):
    assert http.get(f"{sandbox.url}/v1/events", auth=("sk_test_chophien_tests", "")).status_code == 200


def test_json_is_not_what_this_api_takes(sandbox):
    head = {"Authorization": "Bearer sk_test_chophien_tests"}
    answer = http.post(f"{sandbox.url}/v1/checkout/sessions", json={"mode": "payment"}, headers=head)
    assert answer.status_code == 400
    assert "application/x-www-form-urlencoded" in answer.json()["error"]["message"]


def test_a_version_has_the_form_of_one(sandbox):
    head = {"Authorization": "Bearer sk_test_chophien_tests", "Stripe-Version": "newest"}
    assert http.get(f"{sandbox.url}/v1/events", headers=head).status_code == 400
    good = http.get(f"{sandbox.url}/v1/events", headers=head | {"Stripe-Version": "2026-10-28.endive"})
    assert good.headers["Stripe-Version"] == "2026-10-28.endive"
    assert good.headers["Request-Id"].startswith("req_")


def test_what_is_not_there_is_a_404(sandbox, api):
    with pytest.raises(stripe.InvalidRequestError, match=r"No such checkout\.session: 'cs_test_none'") as refused:
        api.v1.checkout.sessions.retrieve("cs_test_none")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        api.v1.customers.list()


def refusal(api, params):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.checkout.sessions.create(params)
    return refused.value
