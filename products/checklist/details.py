"""Checks of the details: what the label must say, and what other shops ask for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cooperatives.photos.models import Photo
from products import policies
from products.catalogue import orderable
from products.checklist.lines import LOOK, PASS, Check
from products.fields import LABELS
from products.models import ProductRevision
from shop.core.i18n import gettext as _


def _rows(name: str, part: str) -> list[dict[str, Any]]:
    path = Path(__file__).parents[1] / "data" / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))[part]
    return rows


LABELLED: dict[str, list[str]] = {
    category: row["fields"] for row in _rows("labels", "rows") for category in row["categories"]
}
CHANNELS = _rows("channels", "channels")


def missing_on_label(revision: ProductRevision) -> list[str]:
    """Return the fields that the label of these goods must say and the revision does not."""
    given = policies.given(revision)
    return [field for field in LABELLED.get(revision.category, []) if field not in given]


def label_checks(revision: ProductRevision) -> Iterable[Check]:
    """Look at what the label law asks for; goods without a label have no line."""
    if revision.category not in LABELLED:
        return
    missing = missing_on_label(revision)
    if missing:
        names = ", ".join(str(LABELS[field]) for field in missing)
        yield Check(LOOK, missing[0], _("Missing of what a label must say: %(fields)s", fields=names))
    else:
        yield Check(PASS, "ingredients", _("All that a label must say is here"))


def channel_checks(revision: ProductRevision, photos: Sequence[Photo]) -> Iterable[Check]:
    """Look at what each other shop asks for: one line for those that are satisfied, one for each that is not."""
    if not orderable(revision.ship_class, revision.type_code):
        yield Check(LOOK, "category", _("Other shops do not take these goods: buyers call"))
        return
    ready = []
    for channel in CHANNELS:
        lacks = list(_lacks(channel, revision, photos))
        if not lacks:
            ready.append(channel["name"])
            continue
        said = ", ".join(dict.fromkeys(str(LABELS[field]) for field in lacks))
        yield Check(LOOK, lacks[0], _("%(channel)s still asks for: %(fields)s", channel=channel["name"], fields=said))
    if ready:
        yield Check(PASS, "summary", _("Ready for %(channels)s", channels=", ".join(ready)))


def _lacks(channel: dict[str, Any], revision: ProductRevision, photos: Sequence[Photo]) -> Iterator[str]:
    shortest, longest = channel["title"]
    if not shortest <= len(revision.name) <= longest:
        yield "name"
    small = any(min(photo.width, photo.height) < channel["pixels"] for photo in photos)
    if small or not 1 <= len(photos) <= channel["photos"]:
        yield "photos"
    given = policies.given(revision)
    for wanted in channel["fields"]:
        if not given.intersection(wanted.split("|")):
            yield wanted.split("|")[0]
