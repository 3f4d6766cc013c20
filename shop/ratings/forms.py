"""What a buyer says of the goods."""

from wtforms import RadioField
from wtforms.fields import SelectChoice

from shop.core.forms import AtMost, Form, LongTextField
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import OrderLine
from shop.ratings.models import MOST_WORDS, Rating
from shop.ratings.policies import given_name
from shop.ratings.services import Told
from shop.ratings.words import MEANT, who

NAMED, UNNAMED = "name", "nobody"


class RatingForm(Form):
    """Stars, words, and under which name they stand."""

    stars = RadioField(
        _l("How good were they?"),
        invalid_choice_message=_l("Choose from 1 to 5 stars."),
        choices=[SelectChoice(str(stars), words) for stars, words in MEANT.items()],
    )
    words = LongTextField(_l("In your own words"), [AtMost(MOST_WORDS)])
    shown_as = RadioField(_l("Shown under"), invalid_choice_message=_l("Choose the name that is shown."))

    @classmethod
    def of(cls, line: OrderLine, rating: Rating | None) -> "RatingForm":
        """Make the form of a line, filled with what was said before."""
        name = given_name(line.order.purchase)
        before = {"stars": str(rating.stars), "words": rating.words} if rating else {}
        form = cls.of_request(data={"shown_as": NAMED if (rating.name if rating else name) else UNNAMED, **before})
        province = line.order.purchase.province.short_name
        names = [SelectChoice(NAMED, who(name, province))] if name else []
        form.shown_as.choices = [*names, SelectChoice(UNNAMED, who("", province))]
        return form

    def told(self) -> Told:
        """Return what was said, once the form is accepted."""
        named = self.shown_as.data == NAMED
        return Told(int(self.stars.data), self.words.data or "", named, current_language())
