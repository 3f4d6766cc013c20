"""What the machine says beside a revision: its checklist with links, the reasons it proposes, all fields in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from flask import url_for

from cooperatives.photos.models import Photo
from products.certificates.papers import held
from products.checklist.lines import PASS, Check
from products.differences import values
from products.fields import LABELS
from products.issues.recheck import seen
from products.lifecycle import Shelf
from products.models import Product, ProductRevision
from products.photos.queries import alike
from products.review import policies, queries
from products.review.checklist import Copy, checks
from products.texts import queries as texts
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.core.formats import show_money
from shop.core.i18n import gettext as _

MOST_COPIES = 3  # lines about copied photos or texts; more say nothing new


class Row(NamedTuple):
    """A field of the revision in words; '' where the seller wrote nothing."""

    field: str
    label: Any
    value: str


@dataclass(frozen=True)
class Looked:
    """A revision as a machine reads it, for this officer; each part is read once."""

    officer: User
    product: Product
    revision: ProductRevision
    photos: Sequence[Photo]

    @cached_property
    def checks(self) -> list[Check]:
        """The checklist, each line with an address: that of the other goods, or the field on this page."""
        same_name = queries.sellers_of_same_name(self.product, self.revision.name)
        copied = self._photos_copied, self._texts_copied
        found = checks(self.revision, self.photos, same_name, *copied, certificates=held(self.product))
        return [check if check.url else check._replace(url=f"#seen-{check.field}") for check in found]

    @property
    def attention(self) -> int:
        """How many lines are not fine."""
        return sum(check.kind != PASS for check in self.checks)

    @cached_property
    def seen_rules(self) -> set[str]:
        """The rules of which a machine says that they do not hold: proposed first where it is sent back."""
        copied = {"photo_copied": self._photos_copied, "text_copied": self._texts_copied}
        found = {issue.rule for issue in seen(self.revision, self.photos)}
        return found | {rule for rule, others in copied.items() if others}

    @cached_property
    def rows(self) -> list[Row]:
        """Every field that is filled, or that a line of the checklist names, in the order of the form."""
        written = values(self.revision)
        price = self.revision.proposed_price
        written["price"] = show_money(price) if price else ""
        named = {check.field for check in self.checks} - {"photos"}
        return [Row(field, LABELS[field], written[field]) for field in LABELS if written.get(field) or field in named]

    @cached_property
    def _communes(self) -> set[str]:
        return set(communes_of_officer(self.officer.id))

    @cached_property
    def _photos_copied(self) -> list[Copy]:
        """Other sellers' goods that show such photos, whoever had them first; the officer sees both."""
        places = {photo.digest: place for place, photo in enumerate(self.photos, 1)}
        others = [one for one in alike(self.product, self.photos) if not one.is_own]
        return [
            Copy(places[one.digest], one.name or _("Goods without a name yet"), one.seller, self._address(one))
            for one in others[:MOST_COPIES]
        ]

    @cached_property
    def _texts_copied(self) -> list[Copy]:
        """Other sellers' goods that are told in nearly the same words."""
        others = texts.alike(self.product, self.revision)
        return [Copy(one.percent, one.name, one.seller, self._address(one)) for one in others[:MOST_COPIES]]

    def _address(self, other: Any) -> str:
        """Return where this officer may see other goods: as he decides on them, as buyers see them, or ''."""
        product = other.product
        if product.cooperative.commune_code in self._communes:
            return url_for("product_review.decision", code=product.code, number=other.number)
        if product.approved_revision_id and product.shelf is Shelf.ON_SALE and policies.sells(product.cooperative):
            return url_for("storefront.product", slug=product.slug, code=product.code)
        return ""
