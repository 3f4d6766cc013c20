"""Who gives: three entries that nobody must fill; with them the fields above are those of who receives."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import ValidationError

from shop.core.forms import AtMost, Form, LongTextField, PhoneField, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.phones import show_phone
from shop.orders.models import LONGEST_CARD
from shop.orders.placing import Gift


class GiftForm(Form):
    """The giver, who is told of the order, pays and may cancel; and what stands on the card."""

    name = PlainTextField(_l("Your own name"), [AtMost(80)])
    phone = PhoneField(_l("Your own phone number"))
    message = LongTextField(_l("Words on the card"), [AtMost(LONGEST_CARD)])

    def wanted(self) -> bool:
        """Say whether something of it was filled in."""
        return any(field.data or getattr(field, "raw_text", "") for field in self)

    def validate_name(self, field: Any) -> None:
        """Needed with the others."""
        if self.wanted() and not field.data:
            raise ValidationError(_("Enter your own name, or empty all fields of the gift."))

    def validate_phone(self, field: Any) -> None:
        """Needed with the others: the giver is told there."""
        if self.wanted() and not field.data:
            raise ValidationError(_("Enter your own phone number, for example 0912 345 678"))


def given(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a cart's details say of people: the buyer's name and phone, and to whom it is a gift, or None."""
    asked = told.get("gift") or {}
    if not asked.get("phone"):
        return {"name": told["name"], "phone": told["phone"], "gift": None}
    gift = Gift(told["name"], told["phone"], asked.get("message") or "")
    return {"name": asked["name"], "phone": asked["phone"], "gift": gift}


def remembered(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the fields at first."""
    asked = told.get("gift") or {}
    return {**asked, "phone": show_phone(asked["phone"])} if asked.get("phone") else dict(asked)
