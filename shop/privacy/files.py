"""The person's own files: what they photographed for sellers they belong to, and every recording of their voice."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from cooperatives.certificates.models import Certificate
from cooperatives.certificates.scans import large_name
from cooperatives.helping.models import Consent
from cooperatives.households.services import file_name as consent_name
from cooperatives.models import Membership
from cooperatives.papers.models import Paper
from cooperatives.papers.names import file_name as paper_name
from cooperatives.photos.models import PhotoUse
from cooperatives.photos.names import master_name
from cooperatives.voices.models import VoiceNote
from cooperatives.voices.names import file_name as voice_name
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.parcels.names import file_name as parcel_name
from shop.orders.parcels.queries import keys_of_buyer as parcels_of_buyer
from shop.ratings.photos.names import file_name as rating_name
from shop.ratings.photos.queries import keys_of_buyer

MOST = 1000  # files in one export, the newest first; a photo is some 300 kB, so a phone may still fetch them
FOLDERS: dict[str, tuple[str, Callable[[str], str]]] = {  # folder in the ZIP: ending, and where a digest lies
    "papers": ("jpg", paper_name),
    "certificates": ("jpg", large_name),
    "recordings": ("webm", voice_name),
    "consents": ("webm", consent_name),
    "photos": ("jpg", master_name),
    "ratings": ("jpg", rating_name),
    "parcels": ("jpg", parcel_name),
}


class OwnFile(NamedTuple):
    """A file as it lies in the ZIP, and since when we keep it."""

    path: str
    at: datetime


def own_files(user: User) -> list[OwnFile]:
    """Return the person's own files, the newest first.

    Photos they sent for a seller they belong to now: a helper's photos of a household are the household's. A voice is
    its speaker's, whomever it was recorded for.
    """
    mine = select(Membership.cooperative_id).where(Membership.user_id == user.id, Membership.left_at.is_(None))
    rows: dict[str, Any] = {
        "papers": select(Paper.digest, Paper.added_at).where(
            Paper.added_by_id == user.id, Paper.cooperative_id.in_(mine), Paper.removed_at.is_(None)
        ),
        "certificates": select(Certificate.digest, Certificate.added_at).where(
            Certificate.added_by_id == user.id, Certificate.cooperative_id.in_(mine), Certificate.cleared_at.is_(None)
        ),
        "recordings": select(VoiceNote.digest, VoiceNote.created_at).where(VoiceNote.recorded_by_id == user.id),
        "consents": select(Consent.voice_digest, Consent.agreed_at).where(Consent.given_by_id == user.id),
        "photos": select(PhotoUse.digest, PhotoUse.created_at).where(
            PhotoUse.uploaded_by_id == user.id, PhotoUse.cooperative_id.in_(mine)
        ),
        "ratings": keys_of_buyer(user),
        "parcels": parcels_of_buyer(user),
    }
    found: dict[str, OwnFile] = {}
    for folder, chosen in rows.items():
        for digest, at in db.session.execute(chosen):
            if digest:
                path = f"{folder}/{digest}.{FOLDERS[folder][0]}"
                found[path] = OwnFile(path, at)
    return sorted(found.values(), key=lambda one: (one.at, one.path), reverse=True)


def places(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return (path in the ZIP, name in the storage) of files that an export lists."""
    told = []
    for path in paths:
        folder, _slash, file = path.partition("/")
        told.append((path, FOLDERS[folder][1](file.partition(".")[0])))
    return told
