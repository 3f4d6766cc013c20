"""The doors of certificates, and the certificate that each of them is asked for."""

from typing import Any

from tests.architecture import things
from tests.architecture.doors import ADMIN, ALL, OFFICER, OFFICERS, OURS, Door
from tests.architecture.things import Address
from tests.cast import Cast
from tests.cooperatives.certificates import sending as certificates


def certificate(cast: Cast, _storage: Any) -> Address:
    """One that the member sent and the officer has not seen."""
    return {"code": cast.cooperative().code, "certificate": certificates.sent(cast), "kind": "ocop"}


def verified_certificate(cast: Cast, _storage: Any) -> Address:
    return {"code": certificates.verified(cast)}


def certificate_scan(cast: Cast, storage: Any) -> Address:
    return {"code": certificate(cast, storage)["certificate"]}


CERTIFICATES: dict[str, Door] = {
    "certificate_scans.photo": Door(ALL, verified_certificate),
    "certificates.index": Door(OURS, things.cooperative),
    "certificates.new": Door(OURS, certificate),
    "certificates.show": Door(OURS, certificate),
    "certificates.renewal": Door(OURS, certificate),
    "certificates.taking_back": Door(OURS, certificate),
    "certificate_scans.scan": Door(OURS | OFFICER | ADMIN, certificate_scan),
    "certificates.queue": Door(OFFICERS),
    "certificates.decision": Door(OFFICER, certificate),
}
