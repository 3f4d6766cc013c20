"""Forms of an applicant, its members and its bank account."""

from typing import Any

from wtforms import FileField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.banks import BANKS
from cooperatives.identity.forms import NumberFields
from cooperatives.models import Cooperative, Kind, MemberRole
from cooperatives.services import Profile
from shop.core.forms import NOT_LISTED, AtMost, Form, LongTextField, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.places.models import Commune
from shop.places.names import shown_name

KIND_NAMES = {
    Kind.COOPERATIVE: _l("Cooperative"),
    Kind.GROUP: _l("Household group"),
    Kind.HOUSEHOLD: _l("Household"),
}
ROLE_NAMES = {MemberRole.MEMBER: _l("Member"), MemberRole.MANAGER: _l("Manager")}


class ProfileForm(NumberFields):
    """Who sells: name, kind, place, contact; numbers and story may come later."""

    kind = RadioField(
        _l("Who are you?"),
        [Needed(_l("Choose cooperative, household group or household."))],
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
    )
    name = PlainTextField(_l("Name buyers will see"), [Needed(_l("Enter the name.")), AtMost(120)])
    commune_code = SelectField(_l("Commune"), [Needed(_l("Choose the commune."))], validate_choice=False)
    hamlet = PlainTextField(_l("Hamlet"), [AtMost(120)])
    contact_name = PlainTextField(_l("Whom buyers may call"), [Needed(_l("Enter a name.")), AtMost(100)])
    contact_phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678."))])
    story = LongTextField(_l("Your story"), [AtMost(2000)])
    story_en = LongTextField(_l("Your story in English"), [AtMost(2000)])
    story_hi = LongTextField(_l("Your story in Hindi"), [AtMost(2000)])
    photo = FileField(_l("A photo of you or your place"))

    @property
    def shape(self) -> Kind | None:
        """The legal shape that was chosen on this form."""
        return Kind(self.kind.data) if self.kind.data in set(Kind) else None

    def offer(self, communes: list[Commune]) -> None:
        """List the communes of the home province."""
        self.commune_code.choices = [SelectChoice("", str(_l("Choose the commune")))]
        self.commune_code.choices += [SelectChoice(one.code, shown_name(one)) for one in communes]

    def validate_commune_code(self, field: Any) -> None:
        """Only a commune of the list."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(NOT_LISTED)

    def profile(self) -> Profile:
        """Return what was typed as the service takes it."""
        return Profile(
            name=self.name.data,
            kind=Kind(self.kind.data),
            commune_code=self.commune_code.data,
            hamlet=self.hamlet.data,
            registration_number=self.registration_number.data or None,
            tax_code=self.tax_code.data or None,
            contact_name=self.contact_name.data,
            contact_phone=self.contact_phone.data or "",
            story=self.story.data,
            story_en=self.story_en.data,
            story_hi=self.story_hi.data,
        )

    @classmethod
    def of(cls, cooperative: Cooperative) -> "ProfileForm":
        """Make the form from the request, or from what is stored."""
        return cls.of_request(obj=cooperative)


class InvitationForm(Form):
    """A phone number and what its owner will be."""

    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter the phone number of the person."))])
    role = RadioField(
        _l("Role"),
        choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()],
        default=MemberRole.MEMBER.value,
    )


class BankAccountForm(Form):
    """The account transfers go to."""

    bank_bin = SelectField(
        _l("Bank"),
        [Needed(_l("Choose the bank."))],
        choices=[SelectChoice("", _l("Choose the bank")), *(SelectChoice(code, name) for code, name in BANKS.items())],
    )
    number = PlainTextField(_l("Account number"), [Needed(_l("Enter the account number.")), AtMost(19)])
    holder = PlainTextField(_l("Account holder, as the bank writes it"), [Needed(_l("Enter the name.")), AtMost(100)])

    def validate_number(self, field: Any) -> None:
        """Letters and digits only: spaces and dots are taken out (VietQR: 6 to 19 characters)."""
        field.data = "".join(char for char in field.data if char.isalnum())
        if not (field.data.isascii() and 6 <= len(field.data) <= 19):
            raise ValidationError(_l("Enter 6 to 19 digits, as on the bank card or app."))
