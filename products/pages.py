"""What the member's pages show of a product: the draft or what is live, its photos, issues and seller."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import render_template, request

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo, PhotoState
from cooperatives.photos.names import PrivateView, private_view
from cooperatives.voices.models import VoiceNote
from products import onphone, policies, queries
from products.automatic.counts import by_rule_now
from products.certificates.papers import held, needed, unproved
from products.copies import queries as copies
from products.details import HINTS, pack_slots, parts, score
from products.differences import Change
from products.echo import price_echo
from products.fields import MOST_PHOTOS, OPTIONAL, OTHER_PACKS
from products.forms import ProductForm, season_hint
from products.issues import queries as issues
from products.issues.models import RevisionIssue
from products.issues.recheck import seen
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, Sku
from products.packs import pack_text
from products.photos.hints import said_of
from products.questions import queries as talks
from products.questions.queries import Line
from products.requirements import Asked, asked_of
from products.review.models import Decision
from products.suggestions import queries as suggested
from products.suggestions.models import Suggestion
from products.views import product_view
from shop.accounts.access import work_owner
from shop.accounts.models import User
from shop.core.codes import secret_token
from shop.core.errors import DomainError
from shop.core.forms import Form
from shop.core.i18n import current_language

_DETAILS = (*OPTIONAL, *OTHER_PACKS)


@dataclass(frozen=True)
class Shown:
    """One product as its members see it: `source` is what is written or reviewed, else what is live."""

    cooperative: Cooperative | None  # None: the empty form that waits on a phone
    product: Product | None = None
    draft: ProductRevision | None = None
    source: ProductRevision | None = None
    pictures: list[Photo] = field(default_factory=list)
    issues: list[RevisionIssue] = field(default_factory=list)
    mended: list[RevisionIssue] = field(default_factory=list)
    talks: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, product: Product, reader: User | None = None) -> "Shown":
        """Read all the pages need; `reader` also what was said to him."""
        draft = queries.open_revision(product)
        source = draft or product.approved or queries.last_revision(product)
        return cls(
            cooperative=product.cooperative,
            product=product,
            draft=draft,
            source=source,
            pictures=queries.photos_of([source.id]).get(source.id, []) if source else [],
            issues=_asked(product, source) if source else [],
            talks=talks.beside(product, reader, staff=False) if reader else [],
            mended=issues.mended_for(draft) if draft and draft.submitted_at else [],
        )

    @cached_property
    def photos(self) -> list[PrivateView]:
        """The photos as templates use them."""
        return [
            private_view(photo.digest, photo.width, photo.height, waits=photo.state is PhotoState.WAITING)
            for photo in self.pictures
        ]

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """What may be better about a photo, by its digest."""
        return said_of(self.product, self.pictures) if self.product else {}

    @property
    def version(self) -> int:
        """The version of the open draft; 0 when there is none."""
        return self.draft.version if self.draft else 0

    @property
    def sku(self) -> Sku | None:
        """What is sold already, or None."""
        return self.product.skus[0] if self.product and self.product.skus else None

    @property
    def sold_already(self) -> bool:
        """True once there is a SKU: pack and stock are no longer part of the form."""
        return self.sku is not None

    @property
    def voice(self) -> VoiceNote | None:
        """The spoken note beside the fields, or None."""
        return self.source.voice if self.source else None

    @cached_property
    def by_rule(self) -> Decision | None:
        """The decision by which a rule, no person, approved what buyers see now; or None."""
        return by_rule_now(self.product) if self.product and self.product.approved_revision_id else None

    @property
    def is_public(self) -> bool:
        """True where what is shown is what buyers see now, with its price as it is sold."""
        product, source = self.product, self.source
        if product is None or source is None or source.id != product.approved_revision_id:
            return False
        return product.shelf is Shelf.ON_SALE and product.cooperative.state is CooperativeState.ACTIVE

    @property
    def seen(self) -> list[RevisionIssue]:
        """What a machine would ask of the draft, beside what somebody asked already; it warns and never stops."""
        if self.draft is None or self.draft.state is not RevisionState.DRAFT:
            return []
        asked = {(issue.rule, issue.field) for issue in self.issues}
        return [one for one in seen(self.draft, self.pictures) if (one.rule, one.field) not in asked]

    @cached_property
    def suggestions(self) -> list[tuple[Suggestion, Change]]:
        """What officers propose for what is being written or waits."""
        return suggested.as_changes(suggested.open_for(self.draft)) if self.draft else []

    def form(self) -> ProductForm:
        """Fill the form from what is shown."""
        assert self.product is not None
        assert self.source is not None
        hidden = {"draft_key": self.product.draft_key or "", "page": secret_token(), "version": str(self.version)}
        if self.draft is None and self.sku is not None:
            hidden["price"] = str(self.sku.usual)
        return ProductForm.of_revision(self.source, **hidden)


def _asked(product: Product, source: ProductRevision) -> list[RevisionIssue]:
    """Return what is to be mended in the words that are shown, and what other shops refuse of those on sale."""
    found = {issue.id: issue for issue in (*issues.open_for(source), *issues.refused_elsewhere(product))}
    return list(found.values())


def draft_page(
    shown: Shown, form: ProductForm, status: int = 200, *, owner: User | None, question: str = ""
) -> tuple[str, int]:
    """Draw the form for `owner`; `question` is "high" or "low" when the price is to be confirmed.

    Without an owner it is the empty form that a phone keeps for hours without a network.
    """
    typed = [form[name].data or "" for name in ("price", "unit", "pack_amount")]
    asked = asked_of(shown.source) if shown.source else Asked()
    own = held(shown.product) if shown.product else []
    return render_template(
        "products/edit.html",
        form=form,
        shown=shown,
        question=question,
        price_words="" if form.price.errors else price_echo(*typed),
        hints=HINTS,
        asked=asked,
        papers=needed(shown.source, own) if shown.source else [],
        claims=unproved(shown.source, own) if shown.source else [],
        earlier=copies.earlier(shown.cooperative) if shown.cooperative and owner and not shown.product else [],
        copy_key=secret_token(),
        parts=parts(form, shown.issues, asked),
        pack_text=pack_text,
        pack_slots=pack_slots(form),
        score=score(shown.source),
        usual_season=season_hint(shown.source) if shown.source else [],
        details_open=bool(asked.sending)
        or any(form[name].errors or form[name].data for name in (*OPTIONAL, *OTHER_PACKS)),
        most_photos=MOST_PHOTOS,
        on_phone=_on_phone(shown, form, owner),
        in_app=onphone.in_app(request.user_agent.string, request.url) if owner else None,
        empty_form=owner is None,
        pack=_pack(shown),
    ), status


def preview_page(shown: Shown, problem: DomainError | None = None) -> tuple[str, int]:
    """Draw the goods with the template buyers get, and what the member may do next."""
    source = shown.source
    assert source is not None
    form = Form()
    if problem is not None:
        form.refuse(problem)
    return render_template(
        "products/preview.html",
        form=form,
        shown=shown,
        seen=shown.seen,
        view=product_view(source.id, current_language(), public=shown.is_public),
        complete=not policies.problems(source, sold_already=shown.sold_already),
    ), problem.status if problem else 200


def _on_phone(shown: Shown, form: ProductForm, owner: User | None) -> dict[str, Any]:
    stamps = (shown.source.stamps if shown.source else None) or {}
    return onphone.facts(
        owner=work_owner() if owner else "",
        seller=shown.cooperative.code if shown.cooperative else "",
        product=shown.product,
        key=form.draft_key.data or "",
        counter=max(stamps.values(), default=0),
    )


def _pack(shown: Shown) -> str:
    sold = shown.sku or shown.source
    return pack_text(sold.pack_word, sold.pack_amount or 0, current_language()) if sold else ""
