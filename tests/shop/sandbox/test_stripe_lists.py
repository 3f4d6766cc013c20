"""Lists, pages, events and the official shape of every object."""

import pytest
import stripe

from tests.shop.sandbox.conftest import asked, control, paid

# Fields of a shape that come only when expanded, or only with other products of Stripe.
ONLY_SOMETIMES = {
    stripe.checkout.Session: {"line_items"}, stripe.Charge: {"refunds"}, stripe.Event: {"account", "context"},
    stripe.LineItem: {"discounts", "taxes"}, stripe.Price: {"currency_options", "deleted", "tiers"},
    stripe.PaymentIntent: set(), stripe.Refund: set(),
}  # fmt: skip


def test_pages_follow_each_other(sandbox, api):
    made = [api.v1.checkout.sessions.create(asked(sandbox)).id for _ in range(5)]
    newest = made[::-1]
    first = api.v1.checkout.sessions.list({"limit": 2})
    assert ([one.id for one in first.data], first.has_more, first.url) == (newest[:2], True, "/v1/checkout/sessions")
    second = api.v1.checkout.sessions.list({"limit": 3, "starting_after": newest[1]})
    assert ([one.id for one in second.data], second.has_more) == (newest[2:], False)
    back = api.v1.checkout.sessions.list({"limit": 1, "ending_before": newest[2]})
    assert ([one.id for one in back.data], back.has_more) == ([newest[1]], True)
    assert [one.id for one in api.v1.checkout.sessions.list({"limit": 2}).auto_paging_iter()] == newest


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"starting_after": "cs_none"}, {"status": "lost"},
                                    {"colour": "red"}, {"expand": ["payment_intent"]}])  # fmt: skip
def test_a_list_refuses_what_stripe_refuses(api, params):
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.checkout.sessions.list(params)


def test_lists_are_narrowed(sandbox, api):
    one, other = (api.v1.checkout.sessions.create(asked(sandbox)) for _ in range(2))
    paid(sandbox, one)
    intent = api.v1.checkout.sessions.retrieve(one.id).payment_intent

    def ids(**params):
        return [found.id for found in api.v1.checkout.sessions.list(params).data]

    assert ids(status="open") == [other.id]
    assert ids(payment_intent=intent) == ids(status="complete") == [one.id]
    assert ids(created={"gt": one.created + 60}) == []
    assert ids(created={"gte": one.created - 60, "lt": one.created + 60}) == [other.id, one.id]


def test_a_list_is_expanded_inside(sandbox, api):
    paid(sandbox, api.v1.checkout.sessions.create(asked(sandbox)))
    (one,) = api.v1.checkout.sessions.list({"expand": ["data.payment_intent"]}).data
    assert one.payment_intent.object == "payment_intent"


def test_events_are_read_back(sandbox, api, receiver):
    session = api.v1.checkout.sessions.create(asked(sandbox))
    paid(sandbox, session)
    control(sandbox, "settling")
    kinds = [event.type for event in api.v1.events.list({"limit": 100}).data]
    assert kinds[0] == "checkout.session.completed", "the newest first"
    assert len(api.v1.events.list({"type": "payment_intent.*"}).data) == 2
    (event,) = api.v1.events.list({"types": ["checkout.session.completed", "charge.refunded"]}).data
    assert api.v1.events.retrieve(event.id) == event
    assert event.data.object.id == session.id
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.events.list({"type": "a", "types": ["b"]})


def test_events_that_did_not_arrive_can_be_listed(sandbox, api, receiver):
    control(sandbox, "webhooks", mode="drop")
    api.v1.checkout.sessions.expire(api.v1.checkout.sessions.create(asked(sandbox)).id)
    control(sandbox, "webhooks", mode="send")
    api.v1.checkout.sessions.expire(api.v1.checkout.sessions.create(asked(sandbox)).id)
    control(sandbox, "settling")
    assert [len(api.v1.events.list({"delivery_success": flag}).data) for flag in (False, True)] == [1, 1]


def test_an_event_keeps_the_object_as_it_was(sandbox, api, receiver):
    session = api.v1.checkout.sessions.create(asked(sandbox))
    paid(sandbox, session)
    intent = api.v1.checkout.sessions.retrieve(session.id).payment_intent
    api.v1.refunds.create({"payment_intent": intent}, options={"idempotency_key": "refund-1"})
    (before,) = api.v1.events.list({"type": "charge.succeeded"}).data
    (after,) = api.v1.events.list({"type": "charge.refunded"}).data
    assert (before.data.object.amount_refunded, after.data.object.amount_refunded) == (0, 90_000)
    assert (before.request.id, after.request.idempotency_key) == (None, "refund-1")
    assert after.request.id.startswith("req_")


def shape_of(kind):
    """The fields that Stripe's library declares for a kind of object."""
    return {name for name in kind.__annotations__ if name not in {"OBJECT_NAME", "_inner_class_types"}}


def test_every_object_has_its_official_shape(sandbox, api, receiver):
    session = api.v1.checkout.sessions.create(asked(sandbox))
    paid(sandbox, session)
    done = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge", "line_items"]})
    refund = api.v1.refunds.create({"payment_intent": done.payment_intent.id})
    event = api.v1.events.list().data[0]
    line = done.line_items.data[0]
    charge = done.payment_intent.latest_charge
    for one in (session, done.payment_intent, charge, refund, event, line, line.price):
        kind = type(one)
        missing = shape_of(kind) - set(one.to_dict())
        assert missing - ONLY_SOMETIMES[kind] == set(), kind
        assert set(one.to_dict()) - shape_of(kind) <= {"destination_details"} | shape_of(kind), kind
        assert not [name for name in one.to_dict() if name.startswith("_")], "own notes stay here"
