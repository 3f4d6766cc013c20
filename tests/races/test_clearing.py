"""The sweep that clears photos away against whoever takes one up again at the same moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives.photos import services as keeping
from cooperatives.photos.models import Photo
from cooperatives.photos.names import master_name
from products import services
from products.models import RevisionPhoto
from products.photos import services as draft_photos
from products.photos.tasks import clear_unused
from shop.core import clock
from shop.core.db import db, writing
from shop.core.images import make_master
from shop.core.pixels import Master
from tests import photos
from tests.races.starting import every_round, person, together
from tests.server import Market

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
PHOTOS = 6
SWEEPS = ["sweep"] * 2


def unused_photos(market: Market, key: str) -> tuple[str, list[Master]]:
    """A draft from which these photos were taken out forty days ago; returns its code and them."""
    with market.app.app_context():
        masters = [make_master(photos.jpeg(200, 150, seed=hash((key, place)) % 10**6)) for place in range(PHOTOS)]
        for master in masters:
            keeping.save_files(market.app.extensions["storage"], master)
        with writing():
            product = services.create_draft(market.cast.cooperative(), market.cast.member, key)
            for master in masters:
                keeping.add(product.cooperative, market.cast.member, master)
                draft_photos.add(product, master.digest, market.cast.member)
                draft_photos.remove(product, master.digest, market.cast.member)
                photo = db.session.get_one(Photo, master.digest)
                photo.unused_since, photo.looked_at = clock.now() - timedelta(days=40), clock.now()
            code = product.code
        db.session.remove()
    return code, masters


@every_round
def test_a_photo_put_back_at_that_moment_is_whole_or_refused(market: Market, round_: int) -> None:
    code, masters = unused_photos(market, f"clearing-race-{round_:04d}")
    member = [person(market, "member") for _ in masters]

    def work(given: str | int) -> int:
        if isinstance(given, int):
            fields = {"digest": masters[given].digest, "position": 1}
            return member[given].post(f"/my/products/{code}/photos/restoration", **fields).status
        with market.app.app_context():
            clear_unused()
            db.session.remove()
        return 0

    answers = together(work, [*SWEEPS, *range(PHOTOS)])[len(SWEEPS) :]

    assert set(answers) <= {302, 409}, answers
    storage = market.app.extensions["storage"]
    with market.app.app_context():
        named = set(db.session.scalars(select(RevisionPhoto.digest)))
        for master, answer in zip(masters, answers, strict=True):
            leaves = db.session.get_one(Photo, master.digest).leaving_at is not None
            assert (master.digest in named) is (answer == 302) is not leaves
            assert storage.exists(master_name(master.digest)) or leaves
        db.session.remove()
    market.assert_sound()
