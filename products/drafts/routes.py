"""The door of the phones: a draft by its key, text only, JSON both ways; photos come by products.uploads."""

from typing import Any

from flask import Blueprint, abort, jsonify, request, url_for

from products import policies, queries, services
from products.drafts import services as drafts
from products.drafts.parcels import BadParcel, read_parcel
from products.fields import LABELS
from products.forms import ProductForm
from products.models import Product
from products.pages import Shown
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.forgery import by_script

bp = Blueprint("drafts", __name__)
MOST_BYTES = 128 * 1024  # of one message; the longest texts of every field together take half of it


@bp.url_value_preprocessor
def _small_messages_only(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_content_length = MOST_BYTES


@bp.errorhandler(DomainError)
def _said(problem: DomainError) -> Any:
    db.session.rollback()
    return jsonify(error=str(problem.sentence), field=getattr(problem, "field", "")), problem.status


@bp.put("/my/drafts/<draft_key>")
@by_script
@role_required(Role.MEMBER)
def draft(draft_key: str) -> Any:
    """Keep some fields of a draft, begun now where nobody began it; answer with the draft as it is then.

    JSON: {"for": code of the cooperative or "", "page": key of the page, "fields": {name: {"v": text, "n": counter}}}.
    """
    _check_key(draft_key)
    message = request.get_json(silent=True)
    parcel = read_parcel(message)
    assert message is not None
    seller = message.get("for", "")
    if not isinstance(seller, str):
        raise BadParcel
    with writing():
        product = drafts.open_draft(me(), draft_key, seller)
        code, lost = product.code, drafts.merge(product, parcel, me())
    return jsonify(_as_it_is(_mine(code)) | {"lost": lost, "unknown": parcel.unknown})


@bp.post("/my/drafts/<draft_key>/submission")
@by_script
@role_required(Role.MEMBER)
def submission(draft_key: str) -> Any:
    """Send a draft to the officers; 422 with what is missing, or with the question about an unusual price.

    JSON: {"price_ok": the unusual price in đồng that the person confirmed, or ""}.
    """
    _check_key(draft_key)
    with writing():
        code = drafts.open_draft(me(), draft_key).code
    product = _mine(code)
    revision = queries.open_revision(product)
    done = {"sent": True, "url": url_for("products.submission", code=code)}
    if policies.is_sent(revision):
        return jsonify(done)
    missing = policies.problems(revision, sold_already=bool(product.skus)) if revision else []
    question = policies.unusual_price(revision) if revision and not missing else ""
    asked = request.get_json(silent=True) or {}
    if missing or (revision and question and asked.get("price_ok") != str(revision.proposed_price)):
        problems = [{"field": field, "sentence": str(sentence)} for field, sentence in missing]
        price = str(revision.proposed_price) if revision else ""
        return jsonify(problems=problems, question=question, price=price), 422
    with writing():
        services.submit(_mine(code), me())
    return jsonify(done)


def _check_key(draft_key: str) -> None:
    if request.headers.get("X-Draft-Key") != draft_key:
        abort(400)


def _mine(code: str) -> Product:
    return db.session.execute(queries.one_for(me(), code)).scalar_one()


def _as_it_is(product: Product) -> dict[str, Any]:
    shown = Shown.of(product)
    revision = shown.source
    assert revision is not None
    form, stamps = ProductForm.of_revision(revision), revision.stamps or {}
    names = [name for name in LABELS if name != "photos"]
    return {
        "code": product.code,
        "edit": url_for("products.edit", code=product.code),
        "photos": url_for("product_photos.photos", code=product.code),
        "voice": url_for("product_voices.voice", code=product.code),
        "submission": url_for("products.submission", code=product.code),
        "state": revision.state,
        "version": shown.version,
        "counter": max(stamps.values(), default=0),
        "fields": {name: {"v": form[name].data or "", "n": stamps.get(name, 0)} for name in names},
        "photos_shown": [photo.digest for photo in shown.photos],
        "at": clock.now().isoformat(),
    }
