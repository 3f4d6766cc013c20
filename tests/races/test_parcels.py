"""Several people photograph one parcel at the same moment: one photo stands, and no file lies there without its row."""

import httpx
import pytest

from shop.core.db import db
from shop.core.present import storage
from shop.orders.models import Method
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.parcels.names import file_name
from shop.orders.parcels.tasks import clear_parcel_photos
from tests import photos
from tests.races.paying import Tell, order_of, shelf, waiting
from tests.races.starting import every_round, person, together
from tests.server import Market
from tests.shop.orders.buying import at

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 6


def files() -> list[str]:
    return sorted(storage().list("private/parcels/"))


def named() -> list[str]:
    return sorted(file_name(row.key) for row in db.session.query(ParcelPhoto))


@every_round
@pytest.mark.parametrize("seeds", [range(AT_ONCE), [1] * AT_ONCE], ids=["each another", "all the same"])
def test_one_photo_stands(market: Market, round_: int, seeds: list[int], record_property: Tell) -> None:
    with market.app.app_context():
        order = order_of(waiting(shelf(market, 1), Method.CASH))
        key, code = order.id, order.code
        at(key, "handed_over")
        db.session.remove()
    people = [person(market, name) for name in ("member", "second_member")]
    pictures = [photos.jpeg(320, 240, seed=seed) for seed in seeds]

    def send(place: int) -> int:
        who = people[place % 2]
        with httpx.Client(base_url=market.url, cookies=who.cookies, timeout=60) as client:
            file = {"photo": ("anh.jpg", pictures[place], "image/jpeg")}
            sent = {"data": {"csrf_token": who.token}, "files": file, "headers": {"Origin": market.url}}
            return client.post(f"/my/orders/{code}/photo", **sent).status_code

    def sweep(_place: int) -> int:
        with market.app.app_context():
            clear_parcel_photos()
            db.session.remove()
        return 302

    answers = together(lambda place: (send if place < AT_ONCE else sweep)(place), range(AT_ONCE + 1))

    assert answers == [302] * (AT_ONCE + 1)
    with market.app.app_context():
        mine = db.session.query(ParcelPhoto).filter_by(order_id=key)
        assert mine.filter(ParcelPhoto.removed_at.is_(None)).count() == 1
        assert mine.count() == 1 or len(set(seeds)) > 1
        assert files() == named(), "each file has its row"
        clear_parcel_photos()
        assert mine.count() == 1
        assert files() == named()
    market.assert_sound()
    record_property("figure", f"{AT_ONCE} photos of one parcel at once: one stands, no file without its row")
