"""What an officer types to propose an edit, filled with what stands there now."""

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice

from products.catalogue import CATEGORIES, UNITS
from products.fields import LABELS, LONG
from products.models import ProductRevision
from products.suggestions.services import FIELDS
from products.written import written
from shop.core.forms import AtMost, Form, LongTextField, PlainTextField
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l

LONGEST_NOTE = 500  # characters


class SuggestionForm(Form):
    """A line of text; the subclasses ask for more lines, or offer a choice."""

    field = HiddenField()
    new = PlainTextField(_l("Better like this"), id="suggestion-new")
    note = PlainTextField(_l("Why"), [AtMost(LONGEST_NOTE)], id="suggestion-note")

    @property
    def name(self) -> Any:
        """The name of the field it is about."""
        return LABELS[self.field.data]


class LongForm(SuggestionForm):
    """Several lines."""

    new = LongTextField(_l("Better like this"), id="suggestion-new")


class ChoiceForm(SuggestionForm):
    """One of a list."""

    new = SelectField(_l("Better like this"), id="suggestion-new", validate_choice=False)


def form_for(revision: ProductRevision, field: str, *, posted: bool = False) -> SuggestionForm | None:
    """Return the form for a field, filled from the revision or from what was posted; None for what is no such field."""
    if field not in fields_of(revision):
        return None
    kind = ChoiceForm if field in {"category", "unit"} else LongForm if field in LONG else SuggestionForm
    stands = str(written(revision).get(field, ""))
    form = kind.of_request() if posted else kind(data={"field": field, "new": stands})
    if isinstance(form, ChoiceForm):
        names = {code: one.names for code, one in (CATEGORIES if field == "category" else UNITS).items()}
        form.new.choices = [SelectChoice(code, words[current_language()]) for code, words in names.items()]
    return form


def fields_of(revision: ProductRevision) -> dict[str, Any]:
    """Return the fields for which something may be proposed, with their names, in the order of the form."""
    may = set(FIELDS) - ({"unit"} if revision.product.skus else set())
    return {field: label for field, label in LABELS.items() if field in may}
