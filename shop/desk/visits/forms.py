"""What a visitor writes at a household."""

from typing import Any

from wtforms import HiddenField, MultipleFileField
from wtforms.validators import ValidationError

from cooperatives.visits.services import Told
from shop.core.forms import AtMost, DayField, Form, LongTextField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l

MOST_PHOTOS = 4


class VisitForm(Form):
    """Day, place, what was done, what is needed, photos; a position only where the visitor tapped for it."""

    visited_on = DayField(_l("Day of the visit"), [Needed(_l("Enter the day like this: 16/2/2027"))])
    place = PlainTextField(_l("Commune and hamlet"), [Needed(_l("Say where it was.")), AtMost(160)])
    done = LongTextField(_l("What was done"), [Needed(_l("Say what was done.")), AtMost(2000)])
    needed = LongTextField(_l("What they need"), [AtMost(2000)])
    photos = MultipleFileField(_l("Photos"))
    position = HiddenField()

    def validate_photos(self, field: Any) -> None:
        """So many photos and no more."""
        if len(self.files) > MOST_PHOTOS:
            raise ValidationError(_l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))

    @property
    def files(self) -> list[Any]:
        """The photos that were chosen."""
        return [file for file in self.photos.data or [] if getattr(file, "filename", "")]

    def told(self) -> Told:
        """Return what was typed as the service takes it; a position is rounded to hundredths of a degree once more."""
        north, east = _hundredths(self.position.data)
        assert self.visited_on.data is not None
        return Told(self.visited_on.data, self.place.data, self.done.data, self.needed.data, north, east)


def _hundredths(text: str | None) -> tuple[int | None, int | None]:
    try:
        north, east = (round(float(part) * 100) for part in (text or "").split(","))
    except (ValueError, OverflowError):
        return None, None
    return (north, east) if abs(north) <= 9000 and abs(east) <= 18000 else (None, None)
