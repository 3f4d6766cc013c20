"""Lists of communes for forms: one province at a time, and the search by older names."""

import json
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from shop.core import page
from shop.places import names, queries

bp = Blueprint("places", __name__, url_prefix="/places")

_A_DAY = 86_400


@bp.route("/<province_code>/communes.json")
def communes(province_code: str) -> Response:
    """Give the communes of one province as [code, name], the same for everybody; 404 for an unknown province."""
    found = queries.communes_of(province_code)
    if not found:
        abort(404)
    page.cacheable(_A_DAY)
    answer = _json({"province": province_code, "communes": [[one.code, one.name] for one in found]})
    answer.headers["Cache-Control"] = f"public, max-age={_A_DAY}"
    answer.add_etag(weak=True)  # weak: it stays the same when the answer is compressed
    return answer.make_conditional(request)


@bp.route("/search.json")
def search() -> Response:
    """Give the communes of ?province= that ?q= may mean, with notes in the language of the person."""
    found = queries.one_for_search(request.args.get("q", ""), request.args.get("province", ""))
    return _json(
        {
            "matches": [
                {
                    "code": match.commune.code,
                    "name": names.shown_name(match.commune),
                    "said": match.said,
                    "notes": [str(note) for note in match.notes],
                }
                for match in found
            ]
        }
    )


# Everybody may look. The mark is set here because the doorman's decorator lives a floor above.
for _view in (communes, search):
    _view.is_public = True


def _json(value: dict[str, Any]) -> Response:
    # Names as UTF-8, not as escapes: the longest list stays under 8 KB.
    return Response(json.dumps(value, ensure_ascii=False, separators=(",", ":")), mimetype="application/json")
