"""What the search field offers while somebody types, for scripts; without one the field searches as ever."""

from flask import Blueprint, jsonify, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.storefront.cards import seller_path
from shop.storefront.pages import shared
from shop.storefront.suggesting.queries import Suggestion, begun

bp = Blueprint("storefront_suggesting", __name__)
KEPT = 4  # letters: what everybody begins with; longer texts are as many as people


@bp.get("/suggestions.json")
@public
def suggestions() -> Response:
    """Give what ?q= may become: text, kind in a word, and where it leads."""
    text, lang = request.args.get("q", ""), current_language()
    words = {"goods": "", "seller": _("Seller"), "commune": _("Commune"), "category": _("Kind of goods")}
    found = [{"text": one.text, "kind": words[one.kind], "url": _url(one, lang)} for one in begun(text, lang)]
    return shared(jsonify(suggestions=found), kept=len(text) <= KEPT)


def _url(one: Suggestion, lang: str) -> str:
    if one.kind == "goods":
        return url_for("storefront_lists.search", q=one.text)
    if one.kind == "seller":
        return seller_path(lang, one.slug, one.code)
    endpoint = "storefront.commune" if one.kind == "commune" else "storefront_lists.category"
    return url_for(endpoint, code=one.code)
