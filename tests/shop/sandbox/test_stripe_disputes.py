"""Disputes at the stand-in: opened, answered, decided, in the official shape."""

import pytest
import stripe

from tests.shop.sandbox.conftest import asked, control, paid
from tests.shop.sandbox.test_stripe_lists import shape_of


@pytest.fixture
def charge(sandbox, api):
    """A charge that a buyer paid."""
    session = api.v1.checkout.sessions.create(asked(sandbox))
    paid(sandbox, session)
    intent = api.v1.payment_intents.retrieve(api.v1.checkout.sessions.retrieve(session.id).payment_intent)
    return api.v1.charges.retrieve(intent.latest_charge)


@pytest.fixture
def dispute(sandbox, api, charge):
    control(sandbox, "disputes", payment_intent=charge.payment_intent)
    return api.v1.disputes.list({"charge": charge.id}).data[0]


def test_it_takes_the_money_and_has_the_official_shape(api, charge, dispute):
    assert (dispute.amount, dispute.status, dispute.reason) == (charge.amount, "needs_response", "fraudulent")
    assert [one.amount for one in dispute.balance_transactions] == [-charge.amount]
    assert shape_of(stripe.Dispute) ^ set(dispute.to_dict()) == set()
    assert api.v1.charges.retrieve(charge.id).disputed


def test_a_charge_that_was_taken_back_is_not_refunded(api, charge, dispute):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_disputed"


@pytest.mark.parametrize(("words", "end", "moved"), [("winning_evidence", "won", 0), ("losing_evidence", "lost", -1)])
def test_the_test_words_decide(api, charge, dispute, words, end, moved):
    found = api.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": words}})
    assert found.status == end
    assert sum(one.amount for one in found.balance_transactions) == moved * charge.amount
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": words}})


def test_what_is_staged_is_not_sent(api, dispute):
    found = api.v1.disputes.update(dispute.id, {"evidence": {"shipping_carrier": "Post"}, "submit": False})
    assert (found.status, found.evidence_details.has_evidence) == ("needs_response", True)
    assert api.v1.disputes.close(dispute.id).status == "lost"


def test_an_inquiry_may_be_refunded(sandbox, api, charge):
    control(sandbox, "disputes", payment_intent=charge.payment_intent, inquiry=True)
    (found,) = api.v1.disputes.list().data
    assert (found.status, found.balance_transactions) == ("warning_needs_response", [])
    assert api.v1.refunds.create({"charge": charge.id}).status == "succeeded"
