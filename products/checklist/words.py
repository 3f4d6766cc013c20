"""Checks of what is written: long enough, and nothing that goods may not be sold with."""

from collections.abc import Iterable

from products import policies
from products.checklist.claims import WRONG_GROUPS, Claim, claims
from products.checklist.lines import LOOK, PASS, WRONG, Check
from products.models import ProductRevision
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext

SHORTEST_TEXT = 80  # characters of summary and story together


def claims_of(revision: ProductRevision) -> list[Claim]:
    """Return what the texts of a revision claim, in every language."""
    return claims(policies.texts_of(revision))


def length_of(revision: ProductRevision) -> int:
    """Return how many characters say what it is, in Vietnamese."""
    words = revision.text("vi")
    return len(f"{words.summary} {words.story}".strip()) if words else 0


def text_checks(revision: ProductRevision) -> Iterable[Check]:
    """Look at the length of the text and at its claims."""
    length = length_of(revision)
    said = ngettext("The text has %(num)s character", "The text has %(num)s characters", length)
    yield Check(PASS if length >= SHORTEST_TEXT else LOOK, "story", said if length else _("There is no text yet"))
    found = claims_of(revision)
    if not any(claim.group in WRONG_GROUPS for claim in found):
        yield Check(PASS, "story", _("No words that promise healing"))
    for group in dict.fromkeys(claim.group for claim in found):
        yield _said(group, [claim for claim in found if claim.group == group])


def _said(group: str, found: list[Claim]) -> Check:
    words = ", ".join(dict.fromkeys(claim.word for claim in found))
    sentences = {
        "healing": _("Promises healing: %(words)s", words=words),
        "effect": _("Says what it does to the body, only for registered health food: %(words)s", words=words),
        "best": _("Better than all others, only with proof: %(words)s", words=words),
        "persons": _("Names doctors or patients: %(words)s", words=words),
    }
    return Check(WRONG if group in WRONG_GROUPS else LOOK, found[0].field, sentences[group])
