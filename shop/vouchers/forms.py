"""A voucher in a few answers: how much, from when, until when, how often."""

import re
from datetime import datetime, time
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from shop.core.codes import public_code
from shop.core.days import end_of, from_local, today
from shop.core.errors import Invalid
from shop.core.forms import NOT_LISTED, AtMost, DayField, Form, MoneyField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.core.money import AmbiguousMoney, BadMoney, parse_money
from shop.core.text import plain_digits
from shop.vouchers.models import VoucherKind
from shop.vouchers.services import MOST_USES, Terms
from shop.vouchers.words import code_of

_DAY = _l("Enter the day like this: 16/2/2027")
_NUMBER = re.compile(r"[0-9]{1,7}")
_HOW_OFTEN = _l("Enter a whole number, for example 100")


def whole(typed: str, sentence: Any) -> int:
    """Return the whole number somebody typed, with or without separators; ValidationError with the sentence."""
    plain = re.sub(r"[., ]", "", plain_digits(typed).rstrip("% "))
    if not _NUMBER.fullmatch(plain) or not 1 <= int(plain) <= MOST_USES:
        raise ValidationError(sentence)
    return int(plain)


class VoucherForm(Form):
    """What a voucher promises; it cannot be changed later."""

    seller = SelectField(_l("Seller"), validate_choice=False)
    code = PlainTextField(_l("Code that buyers type"), [AtMost(40)])
    kind = RadioField(
        _l("What it takes off"),
        [Needed(_l("Choose đồng or percent."))],
        choices=[
            SelectChoice(VoucherKind.AMOUNT.value, _l("A sum in đồng")),
            SelectChoice(VoucherKind.PERCENT.value, _l("Percent of the price")),
        ],
        validate_choice=False,
    )
    value = PlainTextField(_l("How much"), [Needed(_l("Enter how much, for example 20k or 10"))])
    most = MoneyField(_l("At most, where it is percent"), [Optional()])
    least_goods = MoneyField(_l("Counts from so much of goods on"), [Optional()])
    starts_on = DayField(_l("First day"), [Needed(_DAY)])
    ends_on = DayField(_l("Last day"), [Needed(_DAY)])
    uses_most = PlainTextField(_l("How often in all"), [Needed(_HOW_OFTEN)])
    person_most = PlainTextField(_l("How often by one person"), [Needed(_HOW_OFTEN)])
    first_only = BooleanField(_l("Only for a first order"))

    def validate_code(self, field: Any) -> None:
        """Letters and digits; one left empty is made here and stays."""
        try:
            field.data = code_of(field.data or public_code())
        except Invalid as problem:
            raise ValidationError(problem.sentence) from None

    def validate_kind(self, field: Any) -> None:
        """One of the two."""
        if field.data and field.data not in {kind.value for kind in VoucherKind}:
            raise ValidationError(NOT_LISTED)

    def validate_value(self, field: Any) -> None:
        """Đồng as people write them, or percent."""
        if self.kind.data == VoucherKind.PERCENT.value:
            self.amount = whole(field.data, _l("Enter the percent, for example 10"))
            return
        try:
            self.amount = parse_money(field.data)
        except (AmbiguousMoney, BadMoney) as problem:
            raise ValidationError(problem.sentence) from None

    def validate_starts_on(self, field: Any) -> None:
        """Not in the past: nobody could have used it."""
        if field.data and field.data < today():
            raise ValidationError(_l("This day is over. Choose today or later."))

    def validate_uses_most(self, field: Any) -> None:
        """A whole number."""
        self.times = whole(field.data, _HOW_OFTEN)

    def validate_person_most(self, field: Any) -> None:
        """A whole number."""
        self.times_each = whole(field.data, _HOW_OFTEN)

    @property
    def terms(self) -> Terms:
        """What was said, of a form that was accepted."""
        assert self.starts_on.data
        assert self.ends_on.data
        return Terms(
            code=self.code.data or "",
            kind=VoucherKind(self.kind.data),
            value=self.amount,
            starts_at=from_local(datetime.combine(self.starts_on.data, time.min)),
            ends_at=end_of(self.ends_on.data),
            uses_most=self.times,
            person_most=self.times_each,
            most=self.most.data,
            least_goods=self.least_goods.data or 0,
            first_only=bool(self.first_only.data),
        )


class Ticks(SelectMultipleField):
    """Boxes to tick, any number of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProvinceVoucherForm(VoucherForm):
    """The province's voucher: for every seller, those of some communes, or some sellers."""

    communes = Ticks(_l("Only sellers of these communes"))
    sellers = Ticks(_l("Only these sellers"))

    def offer(self, communes: list[tuple[str, str]], sellers: list[tuple[str, str]]) -> None:
        """List the communes that have sellers, and the sellers: (code, name) each."""
        self.communes.choices = [SelectChoice(*one) for one in communes]
        self.sellers.choices = [SelectChoice(*one) for one in sellers]

    def validate_sellers(self, field: Any) -> None:
        """Communes or sellers, not both: nobody would know which of the two counts."""
        if field.data and self.communes.data:
            raise ValidationError(_l("Choose communes or sellers, not both."))
