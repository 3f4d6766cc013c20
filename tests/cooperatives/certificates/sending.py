"""A certificate of the member's cooperative, as far on its way as a test wants it."""

from datetime import date, timedelta

from flask import current_app

from cooperatives.certificates import scans
from cooperatives.certificates import services as sending
from cooperatives.certificates.models import Certificate, CertificateVerdict
from cooperatives.certificates.services import Facts
from products.certificates import services
from shop.core import clock
from shop.core.days import end_of, today
from shop.core.db import db, writing
from tests import photos
from tests.cast import Cast

PICTURE = photos.jpeg(800, 600)
MORE = {"issuer": "UBND tỉnh Lai Châu", "number": "123/QĐ-UBND", "scope": "Chè Shan tuyết"}


def facts(kind: str = "ocop", days: int = 100, **changes: object) -> Facts:
    """What stands on a paper that began a year ago and holds for so many days after today."""
    grade = 4 if kind == "ocop" else None
    given = {"issued_on": today() - timedelta(days=365), "expires_on": today() + timedelta(days=days), "grade": grade}
    return Facts(kind=kind, **(MORE | given | changes))  # type: ignore[arg-type]


def sent(
    cast: Cast, kind: str = "ocop", days: int = 100, *, goods: tuple[str, ...] = ("tea",), **changes: object
) -> str:
    """Send one and return its code; its own transaction."""
    older, picture = changes.pop("older", None), changes.pop("picture", PICTURE)
    digest = scans.keep(current_app.extensions["storage"], picture)  # type: ignore[arg-type]
    with writing():
        before = db.session.query(Certificate).filter_by(code=older).one() if older else None
        made = sending.send(cast.cooperative(), facts(kind, days, **changes), digest, cast.member, before)
        services.choose(made, [cast.ids[one] for one in goods], cast.member)
        return made.code


def found(code: str) -> Certificate:
    """Read one afresh."""
    db.session.expire_all()
    return db.session.query(Certificate).filter_by(code=code).one()


def decided(cast: Cast, code: str, verdict: CertificateVerdict = CertificateVerdict.VERIFY, **more: object) -> str:
    """Let the officer decide on one, with all its goods; its own transaction."""
    with writing():
        goods = [cast.ids["tea"], cast.ids["honey"]]
        services.decide(found(code), cast.officer, verdict, **({"product_ids": goods} | more))  # type: ignore[arg-type]
    return code


def verified(cast: Cast, kind: str = "ocop", days: int = 100, **more: object) -> str:
    """Send and verify one; returns its code."""
    return decided(cast, sent(cast, kind, days, **more))  # type: ignore[arg-type]


def on_day(day: date) -> None:
    """Stop the clock in the last second of a day of Việt Nam."""
    clock.set_for_tests(end_of(day))
