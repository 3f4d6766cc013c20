"""Things of a seller that an officer looks at before it is admitted."""

from typing import Any

from cooperatives.papers import services as papers
from cooperatives.papers.names import file_name
from shop.core.db import writing
from tests import photos
from tests.architecture.things import Address
from tests.cast import Cast


def paper(cast: Cast, storage: Any) -> Address:
    """A paper of which the photo waits."""
    storage.put(file_name("0" * 64), photos.saved(photos.scene(160, 120), "JPEG"), "image/jpeg")
    with writing():
        made = papers.add(cast.cooperative(), "registration", "0" * 64, cast.member)
        return {"code": cast.cooperative().code, "kind": made.kind, "paper_code": made.code}


def asked(cast: Cast, _storage: Any) -> Address:
    """Something that an officer verifies himself."""
    return {"code": cast.cooperative().code, "requirement": "seen_in_person"}
