"""A household with a phone full of photos, and what its draft must show at the end."""

import hashlib
from dataclasses import dataclass, field
from secrets import token_hex

from lxml import html
from sqlalchemy import select

from products import queries
from products.uploads.models import Upload, UploadState
from shop.core.db import db
from shop.core.images import make_master
from tests import photos
from tests.server import Market
from tests.visitor import visitor_of

WHO = "stranger"  # Hộ Tẩn Lở Mẩy, the household of the cast
CHUNK = 256 * 1024


@dataclass
class Household:
    """Signed in, with a draft that nobody has begun yet and one photo of more than two chunks."""

    market: Market
    photo: bytes
    key: str = field(default_factory=lambda: f"interop-{token_hex(8)}")

    def __post_init__(self) -> None:
        self.signed_in = self.market.signed_in(WHO)

    @property
    def headers(self) -> dict[str, str]:
        """What our own script sends with each request."""
        return {"X-Draft-Key": self.key, "Origin": self.market.url, "Cookie": f"session={self.signed_in[0]}"}

    @property
    def metadata(self) -> dict[str, str]:
        """What our own script says of a photo before it sends it."""
        digest = hashlib.sha256(self.photo).hexdigest()
        return {"draft": self.key, "kind": "photo", "slot": "label", "place": "0", "sha256": digest}

    @property
    def upload(self) -> Upload:
        """The one upload of the draft as the market has it now; inside an app context."""
        db.session.remove()
        product = queries.by_draft_key(self.key)
        assert product is not None
        return db.session.scalars(select(Upload).where(Upload.product_id == product.id)).one()

    def offset(self) -> int:
        """Bytes that have come."""
        with self.market.app.app_context():
            return self.upload.offset

    def has_one_photo(self) -> None:
        """The draft shows exactly the photo that was sent, made clean."""
        expected = make_master(self.photo).digest
        with self.market.app.app_context():
            upload = self.upload
            assert (upload.state, upload.offset, upload.digest) == (UploadState.DONE, len(self.photo), expected)
            product = queries.by_draft_key(self.key)
            assert [(one.slot, one.digest) for one in queries.open_revision(product).photos] == [("label", expected)]
            path = f"/my/products/{product.code}/photos"
        page = visitor_of(self.market.url, "session", self.signed_in).get(path)
        pictures = html.document_fromstring(page.text).cssselect(".photo-strip img")
        assert [expected in picture.get("src") for picture in pictures] == [True]


def big_photo(seed: int) -> bytes:
    """A phone photo of 550 KB: two whole chunks and a bit."""
    data = photos.jpeg(2000, 1500 + seed, seed=0)
    assert 2 * CHUNK < len(data) < 3 * CHUNK
    return data
