"""Our bank QRs beside two packages that others wrote: the same letters, and they read ours as we meant them.

PyPI napas-qr-python 0.2.0 and vietnam-qr-pay 1.0.0, both MIT, which know nothing of one another.
"""

import json
import random
import string
from pathlib import Path

import pytest
from qr_pay import QRPay as Napas
from vietnam_qr_pay import QRPay as VietnamQR

from shop.payments.transfers.vietqr import TO_ACCOUNT, Transfer, decode, encode

KNOWN = json.loads((Path(__file__).parent / "data" / "bank_qr.json").read_text(encoding="utf-8"))["generated"]
LETTERS = string.ascii_letters + string.digits


def known():
    rows = [row["input"] for row in KNOWN if "reference" not in row["input"]]  # ours stands in the purpose
    return [Transfer(row["bin"], row["account"], row["amount"], row["purpose"] or "") for row in rows]


def made(number):
    """So many transfers, the same every time."""
    rng = random.Random(704)
    return [
        Transfer(
            f"970{rng.randrange(1000):03d}",
            "".join(rng.choices(LETTERS, k=rng.randint(6, 19))),
            rng.choice([None, rng.randint(1, 9_999_999_999)]),
            rng.choice(["", f"LC{rng.randrange(10**8):08d}", "".join(rng.choices(LETTERS, k=25))]),
        )
        for _each in range(number)
    ]


def by_napas(asked):
    method = "STATIC" if asked.amount is None else "DYNAMIC"
    return Napas(
        asked.bank_bin,
        asked.account,
        transaction_amount=asked.amount,
        purpose_of_transaction=asked.memo or None,
        point_of_initiation_method=method,
    ).code


def by_vietnam_qr(asked):
    amount = None if asked.amount is None else str(asked.amount)
    return VietnamQR.init_viet_qr(asked.bank_bin, asked.account, amount, asked.memo or None).build()


@pytest.mark.parametrize("theirs", [by_napas, by_vietnam_qr])
def test_the_same_letters(theirs):
    for asked in known() + made(300):
        assert encode(asked) == theirs(asked), asked


def test_they_read_ours():
    for asked in known() + made(300):
        napas, other = Napas.decode(encode(asked)), VietnamQR(encode(asked))
        assert other.is_valid
        assert (napas.bin_id, napas.consumer_id) == (other.consumer.bank_bin, other.consumer.bank_number)
        amount = None if other.amount is None else int(other.amount)
        memo = other.additional_data.purpose or ""
        assert Transfer(other.consumer.bank_bin, other.consumer.bank_number, amount, memo) == asked
        assert (napas.transaction_amount or None, napas.purpose_of_transaction or "") in {
            (asked.amount, asked.memo),
            (other.amount, asked.memo),
        }
        assert other.provider.service == TO_ACCOUNT


def test_we_read_theirs():
    for asked in known() + made(300):
        assert decode(by_napas(asked)) == decode(by_vietnam_qr(asked)) == asked
