"""Forms of a seller's story, its members and its bank account."""

from typing import Any

from wtforms import FileField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from cooperatives.banks import BANKS
from cooperatives.models import MemberRole
from cooperatives.words import ROLE_NAMES
from shop.core.forms import AtMost, Form, LongTextField, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class StoryForm(Form):
    """What makes buyers trust a seller: a photo and a story, in up to three languages."""

    photo = FileField(_l("A photo of you or your place"))
    story = LongTextField(_l("Your story"), [AtMost(2000)])
    story_en = LongTextField(_l("Your story in English"), [AtMost(2000)])
    story_hi = LongTextField(_l("Your story in Hindi"), [AtMost(2000)])

    def told(self) -> dict[str, str | None]:
        """Return the words by the columns of a cooperative."""
        return {name: self[name].data for name in ("story", "story_en", "story_hi")}


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
