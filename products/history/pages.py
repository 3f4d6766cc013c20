"""What the pages of a product's history show, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cooperatives.photos import queries as photo_queries
from cooperatives.photos.models import Photo
from cooperatives.photos.names import PrivateView, private_view
from products import queries as products
from products.comparison import Comparison
from products.edits.models import RevisionEdit
from products.fields import LABELS
from products.history import queries
from products.history.words import event_sentence, in_words
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.packs import pack_text
from products.review.models import Decision
from products.written import written
from shop.core.i18n import current_language
from shop.places import queries as places

OF_THE_FIRST_SKU = ("unit", "pack_amount", "quantity")  # goods that are sold keep them: no draft takes them again


class Version(NamedTuple):
    """A revision in the line of time; `labels` name what differs from the one before, None where there is none."""

    kind: str
    at: datetime
    revision: ProductRevision
    decision: Decision | None
    writer: str
    sender: str
    decider: str
    labels: list[Any] | None


class Event(NamedTuple):
    """Something that took effect without review: who, when, what."""

    kind: str
    at: datetime
    who: str
    sentence: str


class Value(NamedTuple):
    """A kept value of a field: in words or as photos; `which` names it for putting back, '' where it may not be."""

    words: str
    photos: list[PrivateView]
    which: str


class FieldEdit(NamedTuple):
    """One field of an edit; `late` came after something newer and was not written."""

    field: str
    label: Any
    old: Value | None
    new: Value | None
    late: Value | None


class Edit(NamedTuple):
    """What one person wrote into the draft on one page."""

    kind: str
    at: datetime
    who: str
    code: str
    number: int
    restored: int | None
    fields: list[FieldEdit]


def told(product: Product, lines: Sequence[Any], *, putting_back: bool) -> list[Any]:
    """Turn a page of the line of time into entries; `putting_back`: the reader may write into the draft."""
    ids: dict[str, list[int]] = {kind: [] for kind in (queries.REVISION, queries.EVENT, queries.EDIT)}
    for line in lines:
        ids[line.kind].append(line.id)
    versions = _Versions.of(product, ids[queries.REVISION])
    events, edits = queries.events(ids[queries.EVENT]), queries.edits(ids[queries.EDIT])
    others = [one.actor_id for one in events.values()], [one.actor_id for one in edits.values()]
    names = queries.names(product, [*versions.people, *others[0], *others[1]])
    lang = current_language()
    packs = {sku.code: pack_text(sku.pack_word, sku.pack_amount, lang) for sku in product.skus}
    kept = _Kept.of(product, list(edits.values()), putting_back)
    origins = places.communes(_origins(versions.rows, edits.values()))  # held, so that each is read once
    found: list[Any] = []
    for line in lines:
        if line.kind == queries.REVISION:
            found.append(versions.entry(line.id, names))
        elif line.kind == queries.EVENT:
            event = events[line.id]
            who = names.get(event.actor_id or 0, "")
            found.append(Event(queries.EVENT, event.at, who, event_sentence(event, packs)))
        else:
            found.append(kept.entry(edits[line.id], names))
    del origins
    return found


def _origins(revisions: Iterable[ProductRevision], edits: Iterable[RevisionEdit]) -> set[str]:
    written_ones = {value for one in edits for value in (*one.changes.get("origin", ()), one.refused.get("origin"))}
    return {code for code in {*(one.origin_commune for one in revisions), *written_ones} if code}


@dataclass(frozen=True)
class _Versions:
    """The revisions of a page of the line of time, newest first, the one before the oldest behind them."""

    rows: list[ProductRevision]
    decisions: dict[int, Decision]
    photos: Mapping[int, list[Photo]]

    @classmethod
    def of(cls, product: Product, ids: list[int]) -> "_Versions":
        rows = queries.revisions(product, ids)
        decided = queries.decisions(product, [one.number for one in rows])
        return cls(rows, decided, products.photos_of([one.id for one in rows]))

    @property
    def people(self) -> list[int | None]:
        writers = [person for one in self.rows for person in (one.created_by_id, one.submitted_by_id)]
        return [*writers, *(one.officer_id for one in self.decisions.values())]

    def entry(self, key: int, names: dict[int, str]) -> Version:
        place = next(place for place, one in enumerate(self.rows) if one.id == key)
        one, earlier = self.rows[place], next(iter(self.rows[place + 1 :]), None)
        decision = self.decisions.get(one.number)
        draft = one.state is RevisionState.DRAFT
        at = (decision.decided_at if decision else None) or (None if draft else one.submitted_at) or one.created_at
        compared = Comparison(earlier, one, self.photos, earlier.proposed_price) if earlier else None
        return Version(
            queries.REVISION,
            at,
            one,
            decision,
            names.get(one.created_by_id, ""),
            "" if draft else names.get(one.submitted_by_id or 0, ""),
            names.get(decision.officer_id or 0, "") if decision else "",
            compared.labels if compared else None,
        )


@dataclass(frozen=True)
class _Kept:
    """Kept values, with what stands in the draft now: that need not be put back."""

    standing: dict[str, Any] | None  # None: nothing may be put back
    photos: dict[str, Photo]
    sold: bool

    @classmethod
    def of(cls, product: Product, edits: list[RevisionEdit], putting_back: bool) -> "_Kept":
        draft = products.open_revision(product) if putting_back else None
        shown = [value for one in edits for value in one.changes.get("photos", [])]
        photos = photo_queries.by_digest({digest for value in shown for digest in value})
        return cls(written(draft) if draft else None, photos, bool(product.skus))

    def entry(self, edit: RevisionEdit, names: dict[int, str]) -> Edit:
        fields = []
        for field in LABELS:
            old, new = edit.changes.get(field, (None, None))
            late = edit.refused.get(field)
            values = [self._value(field, *one) for one in ((old, "old"), (new, "new"), (late, "late"))]
            if any(values):
                fields.append(FieldEdit(field, LABELS[field], *values))
        who = names.get(edit.actor_id, "")
        return Edit(queries.EDIT, edit.at, who, edit.code, edit.revision_number, edit.restored_number, fields)

    def _value(self, field: str, value: Any, which: str) -> Value | None:
        if value is None:
            return None
        found = [self.photos[one] for one in value if one in self.photos] if field == "photos" else []
        views = [private_view(photo.digest, photo.width, photo.height) for photo in found]
        return Value(in_words(field, value), views, which if self._may_return(field, value) else "")

    def _may_return(self, field: str, value: Any) -> bool:
        if self.standing is None or not value or (self.sold and field in OF_THE_FIRST_SKU):
            return False
        return bool(self.standing.get(field, "") != value)
