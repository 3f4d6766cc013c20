"""Finding uploads, always through the cooperative of the person who asks."""

from sqlalchemy import Select, func, select

from cooperatives.queries import open_to
from products.models import Product
from products.uploads.models import Kind, Upload, UploadPiece, UploadState
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db


def one_for(user: User, token: str) -> Select[Upload]:
    """Select the upload with this token, if the person's cooperative has it."""
    return select(Upload).where(Upload.token == token, Upload.cooperative_id.in_(open_to(user)))


def same(product: Product, kind: Kind, sha256: str) -> Upload | None:
    """Return the upload of these bytes for this draft, if it stands."""
    return db.session.scalar(
        select(Upload).where(
            Upload.product_id == product.id,
            Upload.kind == kind,
            Upload.sha256 == sha256,
            Upload.sha256 != "",
            Upload.state != UploadState.REFUSED,
        )
    )


def waiting_for(product: Product, kind: Kind) -> int:
    """Return how many files of this kind are on their way to a draft."""
    return _count(Upload.product_id == product.id, Upload.kind == kind)


def waiting_of(cooperative_id: int) -> tuple[int, int]:
    """Return how many files of a cooperative are on their way, and their bytes when all has come."""
    found = select(func.count(), func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.cooperative_id == cooperative_id, Upload.state == UploadState.RECEIVING, Upload.expires_at > clock.now()
    )
    number, size = db.session.execute(found).one()
    return int(number), int(size)


def _count(*where: object) -> int:
    found = select(func.count()).select_from(Upload)
    return (
        db.session.scalar(
            found.where(*where, Upload.state == UploadState.RECEIVING, Upload.expires_at > clock.now())  # type: ignore[arg-type]
        )
        or 0
    )


def pieces_of(upload: Upload) -> list[UploadPiece]:
    """Return the pieces that have come, in their order."""
    return list(
        db.session.scalars(select(UploadPiece).where(UploadPiece.upload_id == upload.id).order_by(UploadPiece.offset))
    )


def places_of(product: Product) -> dict[str, int]:
    """Return {digest: wished place} of what came to a draft by uploads."""
    rows = db.session.execute(
        select(Upload.digest, Upload.place).where(Upload.product_id == product.id, Upload.digest != "")
    )
    return {row.digest: row.place for row in rows}
