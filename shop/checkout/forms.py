"""The details of a purchase: five entries, and a few that nobody must fill."""

from typing import Any

from wtforms import FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, Regexp, ValidationError

from shop.accounts.models import User
from shop.cart.models import Cart
from shop.checkout.invoices.forms import EMAIL, WRONG_EMAIL, InvoiceForm, billed
from shop.core.forms import NOT_LISTED, AtMost, Form, LongTextField, Needed, PhoneField, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.phones import show_phone
from shop.orders.placing import Details
from shop.places import queries as places

KEPT = ("name", "phone", "province", "commune", "line", "email", "note", "invoice")


class DetailsForm(Form):
    """Who receives, and where."""

    name = PlainTextField(_l("Who receives it"), [Needed(_l("Enter the name of who receives it")), AtMost(80)])
    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678"))])
    province = SelectField(_l("Province"), [Needed(_l("Choose the province"))], validate_choice=False)
    commune = SelectField(_l("Commune or ward"), [Needed(_l("Choose the commune"))], validate_choice=False)
    line = PlainTextField(_l("House and street, or hamlet"), [Needed(_l("Enter the house or hamlet")), AtMost(200)])
    email = PlainTextField(_l("E-mail"), [Optional(), AtMost(254), Regexp(EMAIL, message=WRONG_EMAIL)])
    note = LongTextField(_l("Note for the seller"), [AtMost(500)])
    invoice = FormField(InvoiceForm)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check every field; the invoice may go to the buyer's own e-mail."""
        self.invoice.form.buyers_email = self.email.data or ""
        return super().validate(*args, **kwargs)

    def offer(self) -> None:
        """List the provinces, and the communes of the chosen one only."""
        communes = places.communes_of(self.province.data) if self.province.data else []
        self.province.choices = [SelectChoice("", _("Choose the province"))]
        self.province.choices += [SelectChoice(one.code, one.short_name) for one in places.provinces()]
        self.commune.choices = [SelectChoice("", _("Choose the commune"))]
        self.commune.choices += [SelectChoice(one.code, one.name) for one in communes]
        if self.commune.data not in {one.code for one in communes}:
            self.commune.data = ""

    def validate_province(self, field: Any) -> None:
        """Only a province of the list."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(NOT_LISTED)

    def kept(self) -> dict[str, Any]:
        """Return what the cart keeps of it."""
        return {name: self[name].data for name in KEPT}


def remembered(cart: Cart, person: User | None) -> dict[str, Any]:
    """Return what stands in the fields at first: what was told before, else what the account knows."""
    told = {name: cart.details.get(name) or "" for name in KEPT}
    told["invoice"] = told["invoice"] or {}
    told["province"] = told["province"] or cart.province_code or ""
    if person is not None:
        told["name"] = told["name"] or person.name
        told["phone"] = told["phone"] or person.phone or ""
        told["email"] = told["email"] or person.email or ""
    told["phone"] = show_phone(told["phone"]) if told["phone"] else ""
    return told


def details_of(cart: Cart, language: str) -> Details | None:
    """Return the details a cart keeps, or None while something required is missing."""
    told = cart.details
    if not all(told.get(name) for name in ("name", "phone", "province", "commune", "line")):
        return None
    return Details(
        name=told["name"],
        phone=told["phone"],
        province_code=told["province"],
        commune_code=told["commune"],
        line=told["line"],
        email=told.get("email") or None,
        note=told.get("note") or "",
        invoice=billed(told),
        language=language,
        ways=told.get("ways") or {},
    )
