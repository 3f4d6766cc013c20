"""The details of a purchase: five entries, and a few that nobody must fill."""

from collections.abc import Sequence
from typing import Any

from wtforms import FormField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, Regexp, StopValidation, ValidationError

from shop.accounts.models import User
from shop.cart.models import Cart
from shop.checkout.gifts import forms as gifts
from shop.checkout.gifts.forms import GiftForm
from shop.checkout.invoices.forms import EMAIL, WRONG_EMAIL, InvoiceForm, billed
from shop.core.forms import NOT_LISTED, AtMost, Form, LongTextField, Needed, PhoneField, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.phones import show_phone
from shop.orders.claiming.queries import last_of
from shop.orders.placing import Details
from shop.places import queries as places

MOST_NAMED = 4
KEPT = ("name", "phone", "province", "commune", "line", "email", "note", "invoice", "gift")


def known_commune(form: Any, field: Any) -> None:
    """A commune of the province; what was typed instead may have been one of several, or none."""
    if field.data:
        return
    if form.meant:
        names = ", ".join(match.commune.name for match in form.meant[:MOST_NAMED])
        raise StopValidation(_("It may be one of these: %(names)s. Choose yours.", names=names))
    if form.commune_typed.data:
        raise StopValidation(_("No commune of this province has that name. Choose it from the list."))
    raise StopValidation(_("Choose the commune"))


class DetailsForm(Form):
    """Who receives, and where."""

    meant: Sequence[places.Match] = ()

    name = PlainTextField(_l("Who receives it"), [Needed(_l("Enter the name of who receives it")), AtMost(80)])
    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678"))])
    province = SelectField(_l("Province"), [Needed(_l("Choose the province"))], validate_choice=False)
    commune = SelectField(_l("Commune or ward"), [known_commune], validate_choice=False)
    commune_typed = PlainTextField()  # where scripts run: a name of today or a former one
    line = PlainTextField(_l("House and street, or hamlet"), [Needed(_l("Enter the house or hamlet")), AtMost(200)])
    email = PlainTextField(_l("E-mail"), [Optional(), AtMost(254), Regexp(EMAIL, message=WRONG_EMAIL)])
    note = LongTextField(_l("Note for the seller"), [AtMost(500)])
    invoice = FormField(InvoiceForm)
    gift = FormField(GiftForm)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check every field; the invoice may go to the buyer's own e-mail."""
        self.invoice.form.buyers_email = self.email.data or ""
        return super().validate(*args, **kwargs)

    def offer(self) -> None:
        """List the provinces, and the communes of the chosen one only."""
        communes = places.names_of_communes(self.province.data) if self.province.data else []
        self.province.choices = [SelectChoice("", _("Choose the province"))]
        self.province.choices += [SelectChoice(code, name) for code, name in places.names_of_provinces()]
        self.commune.choices = [SelectChoice("", _("Choose the commune"))]
        self.commune.choices += [SelectChoice(code, name) for code, name in communes]
        if self.commune.data not in {code for code, _name in communes}:
            self.commune.data = ""
        self.meant = []
        if self.commune_typed.data and not self.commune.data:
            self.meant = places.one_for_search(self.commune_typed.data, self.province.data or "")
            only = places.surely(self.meant)
            self.commune.data = only.code if only else ""

    def validate_province(self, field: Any) -> None:
        """Only a province of the list."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(NOT_LISTED)

    def kept(self) -> dict[str, Any]:
        """Return what the cart keeps of it."""
        return {name: self[name].data for name in KEPT}


def remembered(cart: Cart, person: User | None) -> dict[str, Any]:
    """Return what stands in the fields at first: what was told now, at the last purchase, or to the account."""
    told = {name: cart.details.get(name) or "" for name in KEPT}
    told["invoice"] = told["invoice"] or {}
    told["gift"] = gifts.remembered(told)
    told["province"] = told["province"] or cart.province_code or ""
    if person is not None:
        told = _as_last_time(told, person)
        told["name"] = told["name"] or person.name
        told["phone"] = told["phone"] or person.phone or ""
        told["email"] = told["email"] or person.email or ""
    told["phone"] = show_phone(told["phone"]) if told["phone"] else ""
    return told


def _as_last_time(told: dict[str, Any], person: User) -> dict[str, Any]:
    """Fill in what the person told at the last purchase, where nothing was told now; another province empties it."""
    last = None if told["line"] else last_of(person)
    if last is None:
        return told
    who = {"name": last.name, "phone": last.phone, "email": last.email or ""}
    where = {"province": last.province_code, "commune": last.commune_code, "line": last.line}
    fits = told["province"] in {"", last.province_code}
    return {name: told[name] or (who | where if fits else who).get(name, told[name]) for name in told}


def details_of(cart: Cart, language: str) -> Details | None:
    """Return the details a cart keeps, or None while something required is missing."""
    told = cart.details
    if not all(told.get(name) for name in ("name", "phone", "province", "commune", "line")):
        return None
    return Details(
        **gifts.given(told),
        province_code=told["province"],
        commune_code=told["commune"],
        line=told["line"],
        email=told.get("email") or None,
        note=told.get("note") or "",
        invoice=billed(told),
        language=language,
        ways=told.get("ways") or {},
    )
