"""The three fields for numbers of the state: who writes one into another's place is understood or told."""

from collections.abc import Callable
from typing import Any

from wtforms.validators import ValidationError

from cooperatives.identity.numbers import (
    CITIZEN_LENGTH,
    BadNumber,
    parse_citizen_number,
    parse_registration,
    parse_tax_code,
)
from cooperatives.models import Kind
from shop.core.forms import AtMost, Form, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class NumberFields(Form):
    """Citizen number, tax code, certificate; `shape` is the legal shape they belong to, None while unknown."""

    citizen_number = PlainTextField(_l("Citizen number, 12 digits"), [AtMost(40)])
    registration_number = PlainTextField(_l("Registration number"), [AtMost(40)])
    tax_code = PlainTextField(_l("Tax code"), [AtMost(40)])

    @property
    def shape(self) -> Kind | None:
        """Return the legal shape that the numbers have to fit."""
        return None

    def validate_citizen_number(self, field: Any) -> None:
        """Twelve digits that fit each other."""
        if field.data:
            field.data = _read(parse_citizen_number, field.data)

    def validate_registration_number(self, field: Any) -> None:
        """No citizen number: this one is shown to buyers."""
        if not field.data:
            return
        field.data = _read(parse_registration, field.data)
        if self.shape is not Kind.COOPERATIVE and field.data.isdigit() and len(field.data) == CITIZEN_LENGTH:
            raise ValidationError(_l("That is a citizen number. Write it into its own field, there it stays secret."))

    def validate_tax_code(self, field: Any) -> None:
        """Of an organisation; a person's is the citizen number and goes there."""
        if not field.data:
            return
        code = _read(parse_tax_code, field.data)
        if len(code) != CITIZEN_LENGTH:
            field.data = code
            return
        if self.shape is Kind.COOPERATIVE:
            raise ValidationError(_l("A cooperative's tax code has 10 or 13 digits."))
        if self.citizen_number.data not in {"", code}:
            raise ValidationError(_l("This is another citizen number than the one above. Which one is right?"))
        self.citizen_number.data, field.data = code, ""


def _read(parse: Callable[[str], str], typed: str) -> str:
    try:
        return parse(typed)
    except BadNumber as problem:
        raise ValidationError(problem.sentence) from None
