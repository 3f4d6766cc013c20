"""The base of every form: what was typed is kept, what is wrong is said beside the field."""

import unicodedata
from datetime import date
from typing import Any, Self

from flask import request
from markupsafe import Markup
from wtforms import Field, StringField, TextAreaField
from wtforms import Form as WTForm
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import DateInput

from shop.core.days import read_day
from shop.core.errors import DomainError, Invalid
from shop.core.forgery import csrf_field
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.money import AmbiguousMoney, BadMoney, parse_money
from shop.core.phones import BadPhone, parse_phone
from shop.core.quantity import BadCount, parse_count


def stripped(value: str | None) -> str:
    """Give back NFC text without outer spaces and control characters; a missing field is ''."""
    text = unicodedata.normalize("NFC", value or "").replace("\r\n", "\n").strip()
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})


class _Gettext:
    """WTForms' own messages, through our catalogues."""

    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return _(singular if n == 1 else plural)


class Form(WTForm):
    """A WTForms form that reads the request and says all that is wrong at once."""

    class Meta:
        def get_translations(self, form: WTForm) -> _Gettext:
            """Let WTForms speak the reader's language."""
            return _Gettext()

    @classmethod
    def of_request(cls, **kwargs: Any) -> Self:
        """Make the form from what was posted, or from `obj=`/defaults on a GET; files come as FileStorage."""
        if request.method == "POST":
            values = request.form.copy()
            for name in request.files:
                values.setlist(name, request.files.getlist(name))  # type: ignore[arg-type]
            return cls(values, **kwargs)
        return cls(**kwargs)

    @classmethod
    def of_query(cls, **kwargs: Any) -> Self:
        """Make the form of a GET search from the query string."""
        return cls(request.args, **kwargs)

    def accepted(self) -> bool:
        """Say whether this is a POST and everything in it is acceptable."""
        return request.method == "POST" and self.validate()

    def refuse(self, problem: DomainError) -> None:
        """Put a service's refusal beside its field, or above the form when it names none."""
        field = self._fields.get(problem.field) if isinstance(problem, Invalid) else None
        if field is None:
            self.form_errors.append(problem.sentence)
        else:
            field.errors = [*field.errors, problem.sentence]

    @property
    def csrf_token(self) -> Markup:
        """The hidden input that signed-in forms carry; nothing on public forms."""
        return csrf_field()

    @property
    def errors_list(self) -> list[tuple[str, Any]]:
        """Return (field id, sentence) for the summary, in the order of the form; '' for the form as a whole."""
        found = [("", sentence) for sentence in self.form_errors]
        for field in self:
            found += [(field.id, sentence) for sentence in _flat(field.errors)]
        return found


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [item for value in errors.values() for item in _flat(value)]
    return [item for value in errors for item in (_flat(value) if isinstance(value, list | tuple) else [value])]


class PlainTextField(StringField):
    """One line of text, NFC, stripped."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[stripped, *kwargs.pop("filters", [])], **kwargs)


class LongTextField(TextAreaField):
    """Several lines of text, NFC, stripped."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, filters=[stripped, *kwargs.pop("filters", [])], **kwargs)


class ParsedField(StringField):
    """Keeps what was typed for the page, gives the parsed value as `.data`."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_text = stripped(str(valuelist[0])) if valuelist else ""
        self.data = None
        if self.raw_text:
            self.data = self.parsed(self.raw_text)

    def parsed(self, typed: str) -> Any:
        """Return the value of what was typed; raises ValueError with the sentence for the person."""
        raise ValueError(typed)

    def _value(self) -> str:
        typed = getattr(self, "raw_text", None)
        return typed if typed is not None else self.shown(self.data)

    def shown(self, value: Any) -> str:
        """Return the text that stands in the field for a stored value."""
        return "" if value is None else str(value)


class PhoneField(ParsedField):
    """A phone number as people write it; `.data` is E.164."""

    def parsed(self, typed: str) -> str:
        """Return E.164; ValueError with a sentence."""
        try:
            return parse_phone(typed)
        except BadPhone as problem:
            raise ValueError(problem.sentence) from None


class MoneyField(ParsedField):
    """An amount as people write it (25k, 1.250.000); `.data` is whole đồng."""

    def parsed(self, typed: str) -> int:
        """Return đồng; ValueError with a sentence, which asks when two readings are possible."""
        try:
            return parse_money(typed)
        except (AmbiguousMoney, BadMoney) as problem:
            raise ValueError(problem.sentence) from None


class CountField(ParsedField):
    """A number of whole packs; `.data` is an int from 0 on."""

    def parsed(self, typed: str) -> int:
        """Return the packs; ValueError with a sentence."""
        try:
            return parse_count(typed)
        except BadCount as problem:
            raise ValueError(problem.sentence) from None


class DayField(ParsedField):
    """A day from the phone's own calendar, or typed as 16/2/2027; `.data` is a date."""

    widget = DateInput()

    def parsed(self, typed: str) -> date:
        """Return the day; ValueError with a sentence."""
        try:
            return read_day(typed)
        except ValueError:
            raise ValueError(_("Enter the day like this: 16/2/2027")) from None


class Needed:
    """The field must be filled; the sentence says what to enter. Keeps a parser's own sentence."""

    field_flags = {"required": True}

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: WTForm, field: Field) -> None:
        """Stop the chain when nothing was given."""
        if field.errors:
            raise StopValidation
        if field.data is None or (isinstance(field.data, str | list) and not field.data):
            raise StopValidation(self.sentence)


class AtMost:
    """Text may have so many characters; what was typed stays in the field."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.field_flags = {"maxlength": characters}

    def __call__(self, _form: WTForm, field: Field) -> None:
        """Refuse a longer text with the number it may have."""
        if field.data and len(field.data) > self.characters:
            raise ValidationError(_("Use at most %(number)s characters.", number=self.characters))


NOT_LISTED = _l("Choose one from the list.")
