"""The forms of a certificate: what the seller types, what the officer answers."""

from typing import Any

from wtforms import FileField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from cooperatives.certificates.kinds import CertificateKind
from cooperatives.certificates.models import Certificate, CertificateVerdict
from cooperatives.certificates.services import Facts
from products.certificates.queries import Named
from shop.core.forms import NOT_LISTED, AtMost, DayField, Form, LongTextField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l

FIELDS = {
    "photo": _l("Photo"),
    "number": _l("Number on the paper"),
    "grade": _l("Stars"),
    "issuer": _l("Who gave it"),
    "issued_on": _l("Given on"),
    "expires_on": _l("Holds until"),
    "scope": _l("What it covers"),
    "goods": _l("Goods it stands for"),
}


class GoodsField(SelectMultipleField):
    """Some of the seller's goods, a box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, goods: list[Named]) -> None:
        """Offer these goods by name."""
        self.choices = [SelectChoice(str(one.id), one.name) for one in goods]

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered, in our words."""
        offered = {choice.value for choice in self.choices or ()}
        if not offered.issuperset(self.data or ()):
            raise ValidationError(NOT_LISTED)

    def ids(self) -> set[int]:
        """Return the ids of the ticked ones that were offered."""
        return {int(one) for one in self.data or ()}


class GoodsForm(Form):
    """Which goods a certificate stands for."""

    goods = GoodsField(FIELDS["goods"])


class CertificateForm(Form):
    """What stands on the paper."""

    photo = FileField(_l("A photo of the paper"))
    number = PlainTextField(FIELDS["number"], [AtMost(60)])
    grade = RadioField(FIELDS["grade"], coerce=int, validate_choice=False)
    issuer = PlainTextField(FIELDS["issuer"], [Needed(_l("Enter who gave it.")), AtMost(120)])
    issued_on = DayField(FIELDS["issued_on"], [Needed(_l("Enter the day it was given."))])
    expires_on = DayField(FIELDS["expires_on"])
    scope = LongTextField(FIELDS["scope"], [AtMost(300)])
    goods = GoodsField(FIELDS["goods"])

    @classmethod
    def about(cls, kind: CertificateKind, goods: list[Named], **given: Any) -> "CertificateForm":
        """Make the form for one kind: without stars or goods where the kind has none."""
        form = cls.of_request(**given)
        if kind.grades:
            form.grade.choices = [SelectChoice(str(one), f"{one} ★") for one in kind.grades]
        else:
            del form.grade
        if kind.whole:
            del form.goods
        else:
            form.goods.offer(goods)
        return form

    def facts(self, kind: CertificateKind) -> Facts:
        """Return what was typed; only of a form that was accepted."""
        assert self.issued_on.data is not None
        return Facts(
            kind=kind.code,
            issuer=self.issuer.data,
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
            number=self.number.data,
            grade=self.grade.data if kind.grades else None,
            scope=self.scope.data,
        )

    def chosen(self, kind: CertificateKind) -> set[int]:
        """Return the ids of the ticked goods; none of a kind that stands for all."""
        return set() if kind.whole else self.goods.ids()


VERDICTS = {
    CertificateVerdict.VERIFY: _l("Verify: the photo says the same"),
    CertificateVerdict.RETURN: _l("Return with a reason"),
    CertificateVerdict.GOODS: _l("Keep it, for the ticked goods"),
    CertificateVerdict.WITHDRAW: _l("Withdraw with a reason"),
}
BEFORE = (CertificateVerdict.VERIFY, CertificateVerdict.RETURN)
AFTER = (CertificateVerdict.GOODS, CertificateVerdict.WITHDRAW)


class DecisionForm(Form):
    """The officer's answer."""

    goods = GoodsField(_l("Goods it stands for, by its words"))
    verdict = RadioField(_l("Decision"), [Needed(_l("Choose a decision."))])
    field = SelectField(
        _l("What is wrong"),
        choices=[SelectChoice("", "–"), *(SelectChoice(*one) for one in FIELDS.items())],
        default="",
    )
    note = LongTextField(_l("Reason, as the seller will read it"), [AtMost(500)])

    @classmethod
    def about(cls, certificate: Certificate, goods: list[Named], verified: bool) -> "DecisionForm":
        """Make the form for one certificate with the goods its seller chose, all ticked."""
        form = cls.of_request(data={"goods": [str(one.id) for one in goods]})
        goods_only = {CertificateVerdict.GOODS} if certificate.whole_seller else set()
        offered = [one for one in (AFTER if verified else BEFORE) if one not in goods_only]
        form.verdict.choices = [SelectChoice(one.value, VERDICTS[one]) for one in offered]
        if goods:
            form.goods.offer(goods)
        else:
            del form.goods
        return form

    def chosen(self) -> set[int]:
        """Return the ids of the ticked goods."""
        return self.goods.ids() if "goods" in self else set()
