"""The checklist beside what an officer reads: what a machine can look at, alone and in the market. Never a decision."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cooperatives.certificates.models import Certificate
from cooperatives.photos.models import Photo
from products.certificates.lines import paper_lines
from products.checklist.details import channel_checks, label_checks
from products.checklist.goods import pack_checks, paper_checks, price_check, season_checks
from products.checklist.lines import LOOK, PASS, Check
from products.checklist.pictures import photo_checks
from products.checklist.words import text_checks
from products.models import ProductRevision
from shop.core.i18n import gettext as _


class Copy(NamedTuple):
    """Another seller's goods that are alike; `url` shows those, where it may.

    `number` is the place, from 1, of the photo that is like theirs, or the percent of the text that is.
    """

    number: int
    name: str
    seller: str
    url: str


def checks(
    revision: ProductRevision,
    photos: Sequence[Photo],
    same_name: Sequence[str],
    photos_copied: Sequence[Copy] = (),
    texts_copied: Sequence[Copy] = (),
    *,
    certificates: Sequence[Certificate] = (),
) -> list[Check]:
    """Return the checklist of a revision; `same_name` are the sellers who have public goods of the same name.

    `certificates` are those that stand for the goods (products.certificates.papers.held).
    """
    return [
        *photo_checks(photos),
        *_photos_copied(photos_copied),
        price_check(revision),
        *pack_checks(revision),
        *text_checks(revision),
        *_texts_copied(texts_copied),
        _name(same_name),
        *season_checks(revision),
        *paper_checks(revision),
        *paper_lines(revision, list(certificates)),
        *label_checks(revision),
        *channel_checks(revision, photos),
    ]


def _photos_copied(copies: Sequence[Copy]) -> Iterable[Check]:
    for number, name, seller, url in copies:
        words = _("Photo %(number)s is like one of %(name)s, %(seller)s", number=number, name=name, seller=seller)
        yield Check(LOOK, "photos", words, url)


def _texts_copied(copies: Sequence[Copy]) -> Iterable[Check]:
    for percent, name, seller, url in copies:
        said = {"percent": percent, "name": name, "seller": seller}
        yield Check(LOOK, "story", _("%(percent)s%% of the text stand in %(name)s, %(seller)s", **said), url)
    if not copies:
        yield Check(PASS, "story", _("Nobody else says it in these words"))


def _name(same_name: Sequence[str]) -> Check:
    if not same_name:
        return Check(PASS, "name", _("No other goods have this name"))
    return Check(LOOK, "name", _("Others have this name: %(sellers)s", sellers=", ".join(same_name)))
