"""What a machine can look at before the officer does: pass, look, or wrong, each at its field. Never a decision."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cooperatives.photos.hints import SMALLEST_SIDE, Hint, hints_of
from cooperatives.photos.models import Photo
from products import policies
from products.catalogue import price_band
from products.fields import LABELS
from products.models import ProductRevision
from products.requirements import Asked, asked_of
from products.search.prepare import marked
from shop.core.formats import show_money
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _

PASS, LOOK, WRONG = "ok", "warn", "bad"
SHORTEST_TEXT = 80  # characters of summary and story together
# Words that promise healing: food must not (Decree 15/2018/NĐ-CP; Law on Advertising 16/2012/QH13, article 27).
HEALING = ("chữa bệnh", "trị bệnh", "chữa khỏi", "khỏi bệnh", "đặc trị", "điều trị", "ung thư", "thần dược", "cures")


class Check(NamedTuple):
    """One line of the checklist: how it looks (PASS, LOOK, WRONG), the field of the form, a sentence, where to look."""

    kind: str
    field: str
    sentence: Any
    url: str = ""


class Copy(NamedTuple):
    """A photo, by its place from 1, that is like one of another seller's goods; `url` shows those, where it may."""

    number: int
    name: str
    seller: str
    url: str


def checks(
    revision: ProductRevision, photos: Sequence[Photo], same_name: Sequence[str], copies: Sequence[Copy] = ()
) -> list[Check]:
    """Return the checklist of a revision; `same_name` are the sellers who have public goods of the same name."""
    asked = asked_of(revision)
    papers, channels = _papers(asked, revision.type_code), _channels(asked, revision)
    seen = [
        _photos(photos),
        *_looks(photos),
        *_copies(copies),
        _price(revision),
        papers,
        *_texts(revision),
        _name(same_name),
    ]
    return [*seen, *_goods(asked), channels]


def _photos(photos: Sequence[Photo]) -> Check:
    if not photos:
        return Check(WRONG, "photos", _("There is no photo"))
    smallest = min(max(photo.width, photo.height) for photo in photos)
    words = ngettext("%(num)s photo", "%(num)s photos", len(photos))
    kind = PASS if len(photos) > 1 and smallest >= SMALLEST_SIDE else LOOK
    return Check(kind, "photos", _("%(photos)s, the smallest %(pixels)s px wide", photos=words, pixels=smallest))


def _looks(photos: Sequence[Photo]) -> Iterable[Check]:
    """What a machine sees in the photos themselves; small ones are said with their number already."""
    found = [(str(number), hints_of(photo)) for number, photo in enumerate(photos, 1)]
    dark = ", ".join(number for number, hints in found if Hint.DARK in hints)
    blurred = ", ".join(number for number, hints in found if Hint.BLURRED in hints)
    if dark:
        yield Check(LOOK, "photos", _("A little dark: photo %(numbers)s", numbers=dark))
    if blurred:
        yield Check(LOOK, "photos", _("A little blurred: photo %(numbers)s", numbers=blurred))


def _copies(copies: Sequence[Copy]) -> Iterable[Check]:
    for number, name, seller, url in copies:
        words = _("Photo %(number)s is like one of %(name)s, %(seller)s", number=number, name=name, seller=seller)
        yield Check(LOOK, "photos", words, url)


def _price(revision: ProductRevision) -> Check:
    price = revision.proposed_price
    band = price_band(revision.type_code, revision.pack_word, revision.pack_amount or 0)
    if price is None or band is None or not band[1]:
        return Check(LOOK, "price", _("No usual price is known for these goods"))
    low, high = (show_money(amount) for amount in band)
    kind = PASS if band[0] <= price <= band[1] else LOOK
    return Check(kind, "price", _("Usually %(low)s to %(high)s for this pack", low=low, high=high))


def _papers(asked: Asked, type_code: str | None) -> Check:
    if not asked.papers:
        return Check(LOOK, "name", _("The kind is not known. See which papers it needs"))
    papers = asked.papers_in(current_language())
    unsure = "" if type_code else " " + _("The kind is not known.")
    return Check(LOOK, "name", _("Papers to see: %(papers)s", papers=papers) + unsure)


def _goods(asked: Asked) -> Iterable[Check]:
    """What these goods in particular are: not sold here, or to be looked at."""
    lang = current_language()
    yield from (Check(WRONG, "name", sentence[lang]) for sentence in asked.forbidden)
    yield from (Check(LOOK, "name", sentence[lang]) for sentence in asked.said)


def _channels(asked: Asked, revision: ProductRevision) -> Check:
    given = policies.given(revision)
    missing = [field for field in LABELS if field in asked.channels and field not in given]
    if not missing:
        return Check(PASS, "ingredients", _("Nothing is missing for other channels"))
    names = ", ".join(str(LABELS[field]) for field in missing)
    return Check(LOOK, missing[0], _("Missing for other channels: %(fields)s", fields=names))


def _texts(revision: ProductRevision) -> Iterable[Check]:
    words = revision.text("vi")
    text = f"{words.summary} {words.story}".strip() if words else ""
    length = ngettext("The text has %(num)s character", "The text has %(num)s characters", len(text))
    length = length if text else _("There is no text yet")
    yield Check(PASS if len(text) >= SHORTEST_TEXT else LOOK, "story", length)
    every = f" {marked(' '.join(f'{one.name} {one.summary} {one.story}' for one in revision.texts))} "
    found = [word for word in HEALING if f" {marked(word)} " in every]
    if found:
        yield Check(WRONG, "story", _("The text says: %(words)s", words=", ".join(found)))
    else:
        yield Check(PASS, "story", _("No words that promise healing"))


def _name(same_name: Sequence[str]) -> Check:
    if not same_name:
        return Check(PASS, "name", _("No other goods have this name"))
    return Check(LOOK, "name", _("Others have this name: %(sellers)s", sellers=", ".join(same_name)))
