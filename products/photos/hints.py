"""What the seller is told beside each photo of a draft; it warns and never blocks."""

from collections.abc import Sequence

from cooperatives.photos.hints import SENTENCES, hints_of
from cooperatives.photos.models import Photo, PhotoState
from products.models import Product
from products.photos.queries import NEAREST, Alike, alike
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.looks import distance

NEARLY = _l("Another photo here is nearly the same.")


def said_of(product: Product, photos: Sequence[Photo]) -> dict[str, list[str]]:
    """Return {digest: sentences} for photos of a product, those without any left out.

    Another seller is never named: who copied whom is for the officer, who sees both.
    """
    found = {photo.digest: [*_of_itself(photo), *_of_earlier(photo, photos)] for photo in photos}
    others = alike(product, photos)
    for digest in found:
        like = [one for one in others if one.digest == digest]
        found[digest] += _of_others(like) or _of_own(like)
    return {digest: sentences for digest, sentences in found.items() if sentences}


def _of_itself(photo: Photo) -> list[str]:
    broken = [_("This photo could not be opened. Choose another one.")] if photo.state is PhotoState.FAILED else []
    return broken + [str(SENTENCES[hint]) for hint in hints_of(photo)]


def _of_earlier(photo: Photo, photos: Sequence[Photo]) -> list[str]:
    """Two photos of the same draft that are nearly one: the later is told."""
    before = [one.likeness for one in photos[: photos.index(photo)]]
    mine = photo.likeness
    near = any(mine is not None and one is not None and distance(one, mine) <= NEAREST for one in before)
    return [str(NEARLY)] if near else []


def _of_others(like: list[Alike]) -> list[str]:
    if any(one.is_earlier and not one.is_own for one in like):
        return [_("This photo is like another seller's. Photograph your own goods.")]
    return []


def _of_own(like: list[Alike]) -> list[str]:
    names = [one.name or _("other goods") for one in like if one.is_own]
    return [_("You already use this photo for %(name)s.", name=names[0])] if names else []
