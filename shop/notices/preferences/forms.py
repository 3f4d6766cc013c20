"""The page on which a person says how to be told."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from shop.accounts.models import User
from shop.core.forms import Form
from shop.core.i18n import LANGUAGE_NAMES
from shop.core.i18n import lazy_gettext as _l
from shop.notices.kinds import Group
from shop.notices.preferences.models import NoticePreference, Way

WORDS = {Way.PUSH: _l("On this phone"), Way.MAIL: _l("E-mail"), Way.ZALO: "Zalo", Way.SMS: "SMS"}
ASKED = (Group.ORDERS, Group.MONEY, Group.REVIEW)
HOURS = [SelectChoice(str(hour), f"{hour}:00") for hour in range(24)]


class _Ways(SelectMultipleField):
    """Boxes to tick; one may tick none."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PreferenceForm(Form):
    """Ways for each group, quiet hours, how often, the language."""

    orders = _Ways(_l("Orders"))
    money = _Ways(_l("Money and safety"))
    review = _Ways(_l("Review of goods and sellers"))
    quiet_from = SelectField(_l("Quiet from"), choices=HOURS)
    quiet_to = SelectField(_l("Quiet until"), choices=HOURS)
    daily = RadioField(
        _l("How often about review"),
        choices=[SelectChoice("", _l("At once")), SelectChoice("daily", _l("Once a day, together"))],
        default="",
    )
    language = SelectField(_l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()])

    @classmethod
    def of_person(cls, user: User, kept: NoticePreference, offered: list[Way]) -> "PreferenceForm":
        """Make the form from the request, or from what is kept; only `offered` ways have a box."""
        values: dict[str, Any] = {group.value: kept.ways(group) for group in ASKED}
        values |= {"quiet_from": str(kept.quiet_from), "quiet_to": str(kept.quiet_to)}
        form = cls.of_request(data=values | {"daily": "daily" if kept.daily else "", "language": user.language})
        for group in ASKED:
            form[group.value].choices = [SelectChoice(way.value, str(WORDS[way])) for way in offered]
        return form

    def ways(self, kept: NoticePreference, offered: list[Way]) -> dict[Group, list[Way]]:
        """Return what is ticked, and what was chosen earlier of ways that have no box today."""
        chosen = {group: kept.ways(group) for group in Group}
        for group in ASKED:
            unseen = [way for way in chosen[group] if way not in offered]
            chosen[group] = [Way(word) for word in self[group.value].data or []] + unseen
        return chosen
