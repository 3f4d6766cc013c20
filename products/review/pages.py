"""What the officer's page shows of a revision: as buyers will see it, what the machine says, what an edit changes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import render_template, request

from cooperatives.helping.models import Consent
from cooperatives.photos.models import Photo
from cooperatives.voices.models import VoiceNote
from products import policies as product_policies
from products import queries as product_queries
from products.comparison import Sides, sides
from products.differences import Change, changes
from products.issues import queries as issue_queries
from products.issues.models import RevisionIssue
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.questions import queries as talks
from products.questions.queries import Line
from products.queue import claims
from products.queue.models import Claim
from products.review import policies, queries, services
from products.review.forms import LONGEST_PRESS, ApproveForm, RejectForm, ReturnForm
from products.review.looked import Looked, Row
from products.review.models import Decision
from products.review.undoing import Undoable, came
from products.risk import needs_second
from products.seconds import queries as seconds
from products.seconds.models import FirstLook
from products.suggestions import queries as suggested
from products.suggestions.forms import SuggestionForm, fields_of, form_for
from products.suggestions.models import Suggestion
from products.views import ProductView, product_view
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.forms import Form
from shop.core.i18n import current_language, known

AGAIN = timedelta(minutes=10)  # whoever has an item for longer need not be given it once more


@dataclass(frozen=True)
class Shown:
    """A revision that was sent, with all the page says about it; read once."""

    officer: User
    product: Product
    revision: ProductRevision

    @property
    def waits(self) -> bool:
        """True while nobody has decided; a decision that has its ten seconds still counts."""
        return self.revision.state is RevisionState.SUBMITTED and self.standing is None

    @cached_property
    def standing(self) -> Decision | None:
        """The decision that stands on this number, or None."""
        ours = (one for one in self.history if one.number == self.revision.number)
        return next((one for one in ours if one.withdrawn_at is None), None)

    @property
    def decided_by_other(self) -> str:
        """The sentence that says who was first, while another officer's decision has no effect yet; else ''."""
        first = self.standing
        return services.who_decided(first) if first and first.pending and first.officer_id != self.officer.id else ""

    @cached_property
    def live(self) -> ProductRevision | None:
        """What buyers see now, where that is another revision."""
        live = self.product.approved
        return live if live is not None and live.id != self.revision.id else None

    @cached_property
    def why_not(self) -> Any:
        """The sentence that says why this officer may not decide now, or None."""
        if not policies.sells(self.product.cooperative):
            return policies.SUSPENDED
        commune = self.product.cooperative.commune_code
        refusal = policies.refusal(
            self.officer.id,
            self.revision,
            commune,
            communes=[commune],  # the door has asked for the role, and found the product through his communes
            memberships=queries.memberships_of(self.officer, self.product),
            helped=any(one.helper_id == self.officer.id for one in self.helpers),
        )
        return refusal or claims.in_the_way(self.claim, self.officer.id)

    @property
    def needs_second(self) -> bool:
        """True where two officers must say yes before these goods are approved."""
        return needs_second(self.revision.category, self.revision.ship_class)

    @cached_property
    def first_looks(self) -> list[FirstLook]:
        """Every first yes to these goods, newest first; of goods that need no second nobody is asked."""
        return seconds.all_on(self.product) if self.needs_second else []

    @property
    def first_look(self) -> FirstLook | None:
        """The first yes that stands on this number, or None."""
        ours = (one for one in self.first_looks if one.number == self.revision.number and not one.withdrawn_at)
        return next(ours, None)

    @property
    def said_yes(self) -> bool:
        """True where this officer said the first yes: the second is another's."""
        return self.first_look is not None and self.first_look.officer_id == self.officer.id

    @cached_property
    def is_lonely(self) -> bool:
        """True where nobody else can say the second yes now."""
        return self.said_yes and self.waits and seconds.is_lonely(self.revision.id)

    @cached_property
    def claim(self) -> Claim | None:
        """Who works on it now, for a quarter of an hour."""
        return claims.on(self.revision.id, self.revision.number) if self.waits else None

    @property
    def to_be_claimed(self) -> bool:
        """True where opening it gives it to this officer, or to him for longer."""
        if not self.waits or self.why_not is not None or self.said_yes:
            return False
        return self.claim is None or self.claim.expires_at < clock.now() + AGAIN

    @cached_property
    def helpers(self) -> list[Consent]:
        """The consents by which others wrote this for the seller; the reader's own is among them."""
        return queries.consents_around(self.revision, self.officer)

    @cached_property
    def _photos(self) -> dict[int, list[Photo]]:
        wanted = [self.revision.id, *([self.live.id] if self.live else [])]
        return product_queries.photos_of(wanted)

    @property
    def photos_change(self) -> Sides | None:
        """The photos as they are now and as they would be, where they differ."""
        if self.live is None:
            return None
        return sides(self._photos.get(self.live.id, []), self._photos.get(self.revision.id, []))

    @property
    def voice(self) -> VoiceNote | None:
        """What the seller said beside the fields, as it was sent."""
        return self.revision.voice

    @property
    def voice_changes(self) -> bool:
        """True where an edit brings another spoken note, or takes it away."""
        return self.live is not None and self.live.voice is not self.revision.voice

    @cached_property
    def view(self) -> ProductView | None:
        """The goods as the shop will show them."""
        photos = self._photos.get(self.revision.id, [])
        return product_view(self.revision.id, current_language(), public=False, photos=photos)

    @cached_property
    def looked(self) -> Looked:
        """What the machine says of it."""
        return Looked(self.officer, self.product, self.revision, self._photos.get(self.revision.id, []))

    @cached_property
    def suggestions(self) -> list[tuple[Suggestion, Change]]:
        """What officers proposed for it, and what the seller said."""
        return suggested.as_changes(suggested.all_for(self.revision))

    @cached_property
    def talks(self) -> list[Line]:
        """What officers and seller said to each other about it."""
        return talks.beside(self.product, self.officer, staff=True)

    @cached_property
    def unchanged(self) -> list[Row]:
        """The fields that an edit leaves as they are; of new goods all."""
        moved = {change.field for change in self.changes}
        moved |= {"price"} if self.price_now not in {None, self.revision.proposed_price} else set()
        return [row for row in self.looked.rows if row.field not in moved]

    @property
    def sellers_language(self) -> str:
        """The language of whoever sent it: what is to be mended is written in it."""
        sender = self.revision.submitted_by
        return known(sender.language if sender else None)

    @cached_property
    def changes(self) -> list[Change]:
        """What an edit changes; empty for new goods."""
        return changes(self.live, self.revision) if self.live else []

    @property
    def price_now(self) -> int | None:
        """The price (đồng) outside of sales that holds now, or None for new goods."""
        return self.product.skus[0].usual if self.product.skus else None

    @property
    def price_moved(self) -> bool:
        """True where the seller changed the price after writing this: then the proposed one is not set."""
        base, proposed = self.revision.base_price, self.revision.proposed_price
        return self.price_now is not None and proposed not in {base, self.price_now} and base != self.price_now

    @cached_property
    def asked_before(self) -> list[RevisionIssue]:
        """What was to be mended when this came before."""
        return issue_queries.all_for(self.revision)

    @cached_property
    def history(self) -> list[Decision]:
        """The decisions on these goods, newest first."""
        return queries.history(self.product)


def decision_page(
    shown: Shown, form: Form | None = None, status: int = 200, undo: Undoable | None = None
) -> tuple[str, int]:
    """Draw the page; `form` is the answer that was sent and refused, with what was typed."""
    wanted = request.args.get("suggest", "")  # the field for which the officer would write something else
    return render_template(
        "products/review/decision.html",
        shown=shown,
        form=form,
        undoable=undo,
        came=came(),
        key_mode=shown.officer.key_mode,
        press=request.form.get("press", "")[:LONGEST_PRESS] or public_code(),
        approving=form if isinstance(form, ApproveForm) else ApproveForm(),
        returning=form if isinstance(form, ReturnForm) else ReturnForm(data={"lang": shown.sellers_language}),
        rejecting=form if isinstance(form, RejectForm) else RejectForm(),
        suggesting=form if isinstance(form, SuggestionForm) else form_for(shown.revision, wanted),
        suggestible=fields_of(shown.revision),
        texts=product_policies.texts_of(shown.revision),
    ), status
