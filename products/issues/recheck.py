"""Looking again at what a machine can see: is it mended, and what would a machine ask by itself?"""

from collections.abc import Callable, Sequence

from cooperatives.photos.hints import Hint
from cooperatives.photos.models import Photo
from products import policies
from products.catalogue import price_band
from products.checklist.claims import WRONG_GROUPS
from products.checklist.details import missing_on_label
from products.checklist.goods import pack_agrees, season_fits
from products.checklist.pictures import ENOUGH, is_free_of
from products.checklist.words import SHORTEST_TEXT, claims_of, length_of
from products.issues.models import RevisionIssue, Source
from products.issues.rules import RULES
from products.models import ProductRevision

Look = Callable[[ProductRevision, Sequence[Photo]], bool | None]


def _price(revision: ProductRevision, _photos: Sequence[Photo]) -> bool | None:
    known = price_band(revision.type_code, revision.pack_word, revision.pack_amount or 0)
    if known is None or revision.proposed_price is None:
        return None
    return not policies.unusual_price(revision)


def _claims(revision: ProductRevision, _photos: Sequence[Photo]) -> bool | None:
    return not any(claim.group in WRONG_GROUPS for claim in claims_of(revision))


# Rule -> is it free of that? None: a machine cannot say.
LOOKS: dict[str, Look] = {
    "photo_few": lambda _revision, photos: len(photos) >= ENOUGH,
    "photo_small": lambda _revision, photos: is_free_of(photos, Hint.SMALL),
    "photo_dark": lambda _revision, photos: is_free_of(photos, Hint.DARK),
    "photo_blurred": lambda _revision, photos: is_free_of(photos, Hint.BLURRED),
    "unit_against_name": lambda revision, _photos: pack_agrees(revision),
    "price_unusual": _price,
    "text_short": lambda revision, _photos: length_of(revision) >= SHORTEST_TEXT,
    "health_claim": _claims,
    "season_wrong": lambda revision, _photos: season_fits(revision),
}


def is_mended(issue: RevisionIssue, revision: ProductRevision, photos: Sequence[Photo]) -> bool | None:
    """Say whether a machine sees it mended in this revision; None where only a person can tell."""
    if issue.rule in {"label_missing", "fact_missing"}:
        return issue.field in policies.given(revision)
    look = LOOKS.get(issue.rule)
    return look(revision, photos) if look else None


def seen(revision: ProductRevision, photos: Sequence[Photo]) -> list[RevisionIssue]:
    """Return what a machine would ask of a revision now, in the order of the reasons; nothing of it is kept."""
    found = [
        RevisionIssue(source=Source.CHECK, rule=rule, field=RULES[rule].field, params={}, note="", lang="vi")
        for rule, look in LOOKS.items()
        if look(revision, photos) is False
    ]
    label = [
        RevisionIssue(source=Source.CHECK, rule="label_missing", field=field, params={}, note="", lang="vi")
        for field in missing_on_label(revision)
        if field not in {"name", "pack_amount"}  # those are asked before anything is sent
    ]
    return found + label
