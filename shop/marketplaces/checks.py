"""What `flask verify` proves about channels: what is fetched is public, and its picture is there."""

from collections.abc import Callable, Iterable, Iterator

from cooperatives.photos.models import Photo
from products.models import Product, ProductRevision, RevisionPhoto
from products.queries import public
from shop.core.db import db


def pictures_of_public_goods_are_public() -> Iterator[str]:
    """Every picture of what is public has public copies: a feed never names an address that answers 404."""
    rows = (
        public(Product.code, Photo.digest)
        .join(RevisionPhoto, RevisionPhoto.revision_id == ProductRevision.id)
        .join(Photo, Photo.digest == RevisionPhoto.digest)
        .where(Photo.public_since.is_(None))
    )
    for code, digest in db.session.execute(rows):
        yield f"product {code}: picture {digest[:12]} is not public"


CHECKS: list[Callable[[], Iterable[str]]] = [pictures_of_public_goods_are_public]
