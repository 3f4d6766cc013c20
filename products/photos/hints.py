"""What the seller is told beside each photo of a draft; it warns and never blocks."""

from collections.abc import Sequence

from cooperatives.photos.hints import SENTENCES, hints_of
from cooperatives.photos.models import Photo
from products.models import Product
from products.photos.queries import Alike, alike
from shop.core.i18n import gettext as _


def said_of(product: Product, photos: Sequence[Photo]) -> dict[str, list[str]]:
    """Return {digest: sentences} for photos of a product, those without any left out.

    Another seller is never named: who copied whom is for the officer, who sees both.
    """
    found = {photo.digest: [str(SENTENCES[hint]) for hint in hints_of(photo)] for photo in photos}
    others = alike(product, photos)
    for digest in found:
        like = [one for one in others if one.digest == digest]
        found[digest] += _of_others(like) or _of_own(like)
    return {digest: sentences for digest, sentences in found.items() if sentences}


def _of_others(like: list[Alike]) -> list[str]:
    if any(one.is_earlier and not one.is_own for one in like):
        return [_("This photo is like another seller's. Photograph your own goods.")]
    return []


def _of_own(like: list[Alike]) -> list[str]:
    names = [one.name or _("other goods") for one in like if one.is_own]
    return [_("You already use this photo for %(name)s.", name=names[0])] if names else []
