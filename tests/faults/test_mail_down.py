"""The mail server is away: people buy on, and every letter goes out once when it is back."""

import socket
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop.core.db import db
from shop.core.outbox import OutgoingMail
from shop.notices.tasks import send_mail
from shop.sandbox.smtp import SmtpServer
from tests.faults.buying import inside, once_unless_full
from tests.races.paying import Tell, later
from tests.races.starting import before_the_button
from tests.server import running_market, until
from tests.shelves import with_full_shelves

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300), once_unless_full]
LETTERS = 8


def test_letters_wait_and_go_out_once(tmp_path: Path, record_property: Tell) -> None:
    port = free_port()
    fill = partial(with_full_shelves, number=2, on_hand=50)
    with running_market(tmp_path, fill, SMTP_URL=f"smtp://127.0.0.1:{port}") as market:
        goods = market.facts["goods"][0]
        for place in range(LETTERS):
            buyer, fields = before_the_button(market, goods.sku, place, email=f"buyer{place}@example.com")
            assert buyer.post("/checkout/confirmation", **fields).status == 302
        with inside(market):
            until(lambda: tried() == LETTERS or db.session.rollback(), "a try for each letter")
            assert sent() == 0
        came: list[str] = []
        with SmtpServer(port, lambda _sender, recipients, _raw: came.extend(recipients)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with inside(market):
                while later(send_mail, minutes=20):
                    pass
                assert sent() == LETTERS
            server.shutdown()
        market.assert_sound()
    assert Counter(came) == {f"buyer{place}@example.com": 1 for place in range(LETTERS)}
    record_property(
        "figure", f"I29, mail away: {LETTERS} orders, {LETTERS} letters kept, each sent once when it is back"
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def tried() -> int:
    """How many letters were tried in vain."""
    return db.session.scalar(select(func.count(OutgoingMail.id)).where(OutgoingMail.tries > 0)) or 0


def sent() -> int:
    return db.session.scalar(select(func.count(OutgoingMail.id)).where(OutgoingMail.sent_at.is_not(None))) or 0
