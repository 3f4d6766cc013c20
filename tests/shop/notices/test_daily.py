"""What may wait comes once a day, together; orders and safety never wait for it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import writing
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices import services, tasks
from shop.notices.kinds import Group
from shop.notices.models import Notice, NoticeDigest
from shop.notices.preferences import services as preferences
from shop.notices.preferences.models import Way

NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
EVENING = datetime(2026, 12, 1, 10, 5, tzinfo=UTC)  # five past five in Việt Nam


@pytest.fixture
def daily(session, cast):
    clock.set_for_tests(NOON)
    with writing():
        preferences.choose(cast.member, {group: list(Way) for group in Group}, quiet=(21, 6), daily=True, language="vi")
    return cast.member


def _tell(person, *products: str) -> None:
    with writing():
        for product in products:
            services.tell(person, "revision_approved", "/my/products", product=product)


def test_one_mail_for_all_of_a_day(session, cast, daily) -> None:
    with writing():
        daily.email = "may@example.com"
    _tell(daily, "Chè Shan", "Mật ong")
    assert tasks.tell_daily() == 0
    clock.set_for_tests(EVENING)
    assert tasks.tell_daily() == 1
    assert tasks.tell_daily() == 0
    mail = session.scalars(select(OutgoingMail)).one()
    assert mail.subject == "2 thông báo hôm nay"
    for code in session.scalars(select(Notice.code)):
        assert f"http://127.0.0.1:8000/n/{code}" in mail.body
    assert "Chè Shan" in mail.body
    assert session.scalar(select(OutgoingSms.id)) is None


def test_one_text_where_there_is_no_mail(session, cast, daily) -> None:
    _tell(daily, "Chè Shan", "Mật ong")
    clock.set_for_tests(EVENING)
    tasks.tell_daily()
    assert session.scalars(select(OutgoingSms.body)).one() == (
        "Cho Phien: 2 thong bao hom nay http://127.0.0.1:8000/notices"
    )


def test_what_comes_late_is_told_tomorrow(session, cast, daily) -> None:
    clock.set_for_tests(EVENING)
    _tell(daily, "Chè Shan")
    assert session.scalar(select(NoticeDigest.due_at)) == EVENING + timedelta(days=1)


def test_orders_and_safety_do_not_wait(session, cast, daily) -> None:
    with writing():
        services.tell(daily, "order_placed", "/desk", code="LC 1", ship_by="1/12")
        services.tell(daily, "bank_account_set", "/desk", name="HTX", person="Tâm")
    assert len(list(session.scalars(select(OutgoingSms)))) == 2
    assert session.scalar(select(NoticeDigest.id)) is None
