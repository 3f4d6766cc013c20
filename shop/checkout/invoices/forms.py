"""For whom the invoice is made out: four entries that nobody must fill, and all of them where one is."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import Regexp, ValidationError

from cooperatives.identity.numbers import CITIZEN_LENGTH, BadNumber, parse_tax_code
from shop.core.forms import AtMost, Form, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.orders.invoices.models import Billed

EMAIL = r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,}$"
WRONG_EMAIL = _l("Enter an e-mail like name@example.com")


class InvoiceForm(Form):
    """An organisation with its tax code; `buyers_email` serves where no other e-mail is told."""

    company = PlainTextField(_l("Name of the company or office"), [AtMost(200)])
    tax_code = PlainTextField(_l("Tax code"), [AtMost(40)])
    address = PlainTextField(_l("Its address, as registered"), [AtMost(250)])
    email = PlainTextField(_l("E-mail for the invoice"), [AtMost(254), Regexp(rf"^$|{EMAIL}", message=WRONG_EMAIL)])

    buyers_email = ""

    def wanted(self) -> bool:
        """Say whether something of it was filled in."""
        return any(field.data for field in self)

    def validate_company(self, field: Any) -> None:
        """Needed with the others."""
        if self.wanted() and not field.data:
            raise ValidationError(_("Enter the name, or empty all fields of the invoice."))

    def validate_tax_code(self, field: Any) -> None:
        """An organisation's tax code, with its check digit; a person's number is not kept in plain."""
        if not field.data:
            if self.wanted():
                raise ValidationError(_("Enter the tax code, for example 6200012349."))
            return
        try:
            code = parse_tax_code(field.data)
        except BadNumber as problem:
            raise ValidationError(problem.sentence) from None
        if len(code) == CITIZEN_LENGTH:
            raise ValidationError(_("A person's number is not kept here. Tell it to the seller by phone."))
        field.data = code

    def validate_address(self, field: Any) -> None:
        """Needed with the others."""
        if self.wanted() and not field.data:
            raise ValidationError(_("Enter the address that stands in the registration."))

    def validate_email(self, field: Any) -> None:
        """Needed where the buyer told none: an invoice is electronic."""
        if self.wanted() and not (field.data or self.buyers_email):
            raise ValidationError(_("Enter the e-mail to which the invoice goes."))


def billed(told: Mapping[str, Any]) -> Billed | None:
    """Return for whom the invoice is made out, from what a cart keeps of the form; None where none is wanted."""
    asked = told.get("invoice") or {}
    if not asked.get("company"):
        return None
    email = asked.get("email") or told.get("email") or ""
    return Billed(asked["company"], asked["tax_code"], asked["address"], email)
