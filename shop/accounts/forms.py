"""Forms of sign-in, sign-up and the account page."""

from typing import Any

from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Regexp, ValidationError

from shop.accounts.logins import folded
from shop.accounts.models import User
from shop.core.forms import AtMost, Form, Needed, PhoneField, PlainTextField, stripped
from shop.core.i18n import LANGUAGE_NAMES
from shop.core.i18n import lazy_gettext as _l

# One @, something on both sides, no spaces: the mail itself is the proof (RFC 5321 allows far more than we need).
EMAIL = r"^[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,}$"
NAME_NEEDED = _l("Enter your name.")


def digits(value: str | None) -> str:
    """Return the digits of a code as typed, pasted or dictated: full-width digits and spaces are fine."""
    return "".join(str(int(char)) for char in stripped(value) if char.isdecimal())


class PhoneForm(Form):
    """Step one by phone: the number a code is sent to."""

    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter your phone number, for example 0912 345 678."))])
    shared = BooleanField(_l("This is a borrowed phone: sign out after one hour"))


class CodeForm(Form):
    """Step two by phone: the six digits of the SMS."""

    code = StringField(_l("Code in the message"), [Needed(_l("Enter the 6 digits of the message."))], filters=[digits])


class PersonForm(Form):
    """Step three, on a phone of several people: who is it?"""

    person = RadioField(_l("Who are you?"), validators=[Needed(_l("Choose your name, or another person."))])
    name = PlainTextField(_l("Your name"), [AtMost(100)])

    def offer(self, people: list[User]) -> None:
        """List the people of this phone, and a place for one more."""
        self.person.choices = [SelectChoice(str(person.id), person.name) for person in people]
        self.person.choices.append(SelectChoice("new", str(_l("Another person in the household"))))

    def validate_name(self, field: Any) -> None:
        """A new person says a name."""
        if self.person.data == "new" and not field.data:
            raise ValidationError(NAME_NEEDED)


class NameForm(Form):
    """Step three, on a phone nobody used yet: the name."""

    name = PlainTextField(_l("Your name"), [Needed(NAME_NEEDED), AtMost(100)])


class PasswordForm(Form):
    """Sign-in by e-mail or phone and password."""

    login = PlainTextField(
        _l("E-mail or phone number"), [Needed(_l("Enter your e-mail or phone number.")), AtMost(250)]
    )
    password = PasswordField(_l("Password"), [Needed(_l("Enter your password."))])
    shared = BooleanField(_l("This is a borrowed phone: sign out after one hour"), id="shared-too")


class EmailForm(Form):
    """An address a one-time link is sent to."""

    email = StringField(
        _l("E-mail"),
        [
            Needed(_l("Enter your e-mail address.")),
            Regexp(EMAIL, message=_l("Enter an e-mail address like name@example.com.")),
        ],
        filters=[folded],
    )


class NewPasswordForm(Form):
    """A new password, typed once and readable on demand."""

    password = PasswordField(_l("New password"), [Needed(_l("Enter a password of 8 characters or more."))])


class NewAccountForm(NameForm, NewPasswordForm):
    """The page behind a sign-up link."""


class FirstAdminForm(NameForm, EmailForm, NewPasswordForm):
    """The page behind the link of `flask setup`."""


class ProfileForm(NameForm):
    """Name and language of one's own account."""

    language = SelectField(_l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()])


class ChangePasswordForm(NewPasswordForm):
    """A new password; the present one proves who is asking, where there is one."""

    present = PasswordField(_l("Present password"))
