"""Several phones, or one phone several times: one draft, no words lost, one photo of the same bytes."""

import hashlib
from base64 import b64encode
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from products.drafts.models import DraftSave
from products.models import Product, ProductRevision
from products.uploads.models import Upload, UploadPiece, UploadState
from shop.core.db import db
from tests import photos
from tests.races.starting import every_round, person, together
from tests.server import Market

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 8


def ask(market: Market, who: str, method: str, path: str, key: str, **sent: Any) -> httpx.Response:
    """One request as our script sends it."""
    headers = {"X-Draft-Key": key, "Origin": market.url} | sent.pop("headers", {})
    with httpx.Client(base_url=market.url, cookies=person(market, who).cookies, timeout=30) as client:
        return client.request(method, path, headers=headers, **sent)


def product_of(key: str) -> Product:
    return db.session.scalars(select(Product).where(Product.draft_key == key)).one()


@every_round
def test_two_phones_write_one_draft(market: Market, round_: int) -> None:
    key = f"two-phones-race-{round_:04d}"
    fields = ("name", "price", "summary", "quantity")

    def write(place: int) -> httpx.Response:
        who, name = ("member", "second_member")[place % 2], fields[place // 2]
        body = {"page": f"phone {place % 2}", "fields": {name: {"v": f"5{place}", "n": place + 1}}}
        return ask(market, who, "PUT", f"/my/drafts/{key}", key, json=body)

    done = together(write, range(AT_ONCE))

    assert [answer.status_code for answer in done] == [200] * AT_ONCE, [answer.text for answer in done]
    with market.app.app_context():
        product = product_of(key)
        revision = db.session.scalars(select(ProductRevision).where(ProductRevision.product_id == product.id)).one()
        saves = db.session.scalars(select(DraftSave).where(DraftSave.product_id == product.id)).all()
        assert len(saves) == AT_ONCE  # whoever lost a field is kept there
        assert revision.stamps == {name: 2 * place + 2 for place, name in enumerate(fields)}
        assert (revision.name, revision.proposed_quantity) == ("51", 57)
    market.assert_sound()


@every_round
def test_the_same_piece_from_everywhere_moves_the_offset_once(market: Market, round_: int) -> None:
    key, data = f"same-piece-race-{round_:04d}", photos.jpeg(seed=round_ + 50)
    said = {"draft": key, "sha256": hashlib.sha256(data).hexdigest()}
    pairs = ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in said.items())
    headers = {"Tus-Resumable": "1.0.0", "Upload-Metadata": pairs, "Upload-Length": str(len(data))}

    begun = together(lambda _place: ask(market, "member", "POST", "/my/uploads", key, headers=headers), range(AT_ONCE))

    assert {answer.status_code for answer in begun} == {201}, [answer.text for answer in begun]
    (path,) = {answer.headers["Location"] for answer in begun}
    half = len(data) // 2

    def send(start: int, end: int) -> list[int]:
        words = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(start)}
        words |= {"Content-Type": "application/offset+octet-stream"}
        part = data[start:end]
        asked = lambda _place: ask(market, "member", "PATCH", path, key, content=part, headers=words)  # noqa: E731
        return sorted(answer.status_code for answer in together(asked, range(AT_ONCE)))

    assert send(0, half) == [204] + [409] * (AT_ONCE - 1)
    assert send(half, len(data)) == [204] + [409] * (AT_ONCE - 1)
    with market.app.app_context():
        upload = db.session.scalars(select(Upload).where(Upload.product_id == product_of(key).id)).one()
        assert (upload.state, upload.offset) == (UploadState.DONE, len(data))
        assert db.session.scalar(select(func.count()).where(UploadPiece.upload_id == upload.id)) == 0
        revision = db.session.scalars(select(ProductRevision).where(ProductRevision.product_id == upload.product_id))
        assert [photo.digest for photo in revision.one().photos] == [upload.digest]
    market.assert_sound()
