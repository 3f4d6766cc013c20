"""What the demo's sellers brought when they joined: invented numbers, ticked sentences, papers shown in person."""

from collections.abc import Iterator
from datetime import datetime

from cooperatives.identity.models import CitizenNumber
from cooperatives.identity.numbers import BadNumber, parse_citizen_number, parse_tax_code
from cooperatives.identity.services import sealed
from cooperatives.models import Kind
from cooperatives.requirements.models import RequirementMark, Said
from cooperatives.requirements.rows import SHIPPED, Means
from shop.cli.demo.sheet import Sheet

SHOWN = "Đã xem bản giấy tại xã khi kết nạp."


def numbers(kind: Kind, number: int) -> dict[str, str | None]:
    """Return the certificate and tax code of the `number`th seller: of a cooperative they are one, others have none."""
    code = next(_codes(number)) if kind is Kind.COOPERATIVE else None
    return {"registration_number": code, "tax_code": code}


def _codes(number: int) -> Iterator[str]:
    for last in range(10):
        try:
            yield parse_tax_code(f"62{number:07d}{last}")
        except BadNumber:
            continue
    yield from _codes(number + 5000)  # of some beginnings no last digit fits


def bring(sheet: Sheet, kind: Kind, seller: int, manager: int, at: datetime) -> None:
    """Note what a seller told before it was sent: the head's number as it is kept, the sentences that were ticked."""
    if kind is not Kind.COOPERATIVE:
        digest, ending = sealed(parse_citizen_number(f"012{seller % 2}{60 + seller % 35}{seller:06d}"))
        sheet.plain(CitizenNumber, cooperative_id=seller, digest=digest, ending=ending, kept_by_id=manager, kept_at=at)
    for row in SHIPPED.values():
        if row.statement and kind in row.shapes:
            words = {"said": Said.ATTESTED, "version": row.statement.version, "lang": "vi", "reason": ""}
            whose = {"cooperative_id": seller, "requirement": row.code, "said_by_id": manager, "said_at": at}
            sheet.add(RequirementMark, **whose, **words)


def show(sheet: Sheet, kind: Kind, seller: int, officer: int, at: datetime) -> None:
    """Note what the officer saw of an admitted seller: the person, and papers that are not kept as photos."""
    for row in SHIPPED.values():
        if kind in row.shapes and row.means in {Means.PAPER, Means.VERIFIED}:
            said, reason = (Said.WAIVED, SHOWN) if row.means is Means.PAPER else (Said.VERIFIED, "")
            words = {"said": said, "version": "", "lang": "", "reason": reason}
            whose = {"cooperative_id": seller, "requirement": row.code, "said_by_id": officer, "said_at": at}
            sheet.add(RequirementMark, **whose, **words)
